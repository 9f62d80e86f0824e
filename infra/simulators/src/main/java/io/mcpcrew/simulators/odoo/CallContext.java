package io.mcpcrew.simulators.odoo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `context`: the language, whether archived records are hidden, for which company one works.
record CallContext(Map<String, @Nullable Object> values) {
  private static final Set<String> INSTALLED = Set.of("pt_BR", "en_US");
  private static final long COMPANY = 1;

  static CallContext of(@Nullable Object raw) {
    if (raw == null) {
      return new CallContext(Map.of());
    }
    if (!(raw instanceof Map<?, ?> values)) {
      throw OdooError.type("context must be an object, not " + raw);
    }
    Map<String, @Nullable Object> copy = new HashMap<>();
    values.forEach((name, value) -> copy.put(String.valueOf(name), value));
    var context = new CallContext(copy);
    context.requireInstalledLanguage();
    context.requireOwnCompany();
    return context;
  }

  private void requireInstalledLanguage() {
    Object lang = values.get("lang");
    if (Values.truth(lang) && !INSTALLED.contains(String.valueOf(lang))) {
      throw OdooError.user("Invalid language code: " + lang);
    }
  }

  private void requireOwnCompany() {
    if (values.get("allowed_company_ids") instanceof List<?> companies
        && !companies.stream()
            .allMatch(id -> id instanceof Number number && number.longValue() == COMPANY)) {
      throw OdooError.access("Access to unauthorized or invalid companies.");
    }
  }

  boolean hidesArchived() {
    return !values.containsKey("active_test") || Values.truth(values.get("active_test"));
  }

  String lang() {
    Object lang = values.get("lang");
    return Values.truth(lang) ? String.valueOf(lang) : "pt_BR";
  }
}
