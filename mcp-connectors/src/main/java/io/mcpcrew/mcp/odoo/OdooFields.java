package io.mcpcrew.mcp.odoo;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpcrew.schemas.AccountId;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Which fields a model has in an account's Odoo: versions and installed modules differ, and asking
/// for a field that is not there is an error.
final class OdooFields {
  private record Of(AccountId account, String model) {}

  /// @param type as Odoo calls it: `many2one`
  record Kind(String type, boolean readonly) {
    /// Values that are one: they can be shown before and after.
    boolean isPlain() {
      return !type.equals("one2many") && !type.equals("many2many") && !type.equals("binary");
    }
  }

  private final Odoo odoo;
  private final Cache<Of, Map<String, Kind>> known =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(10)).build();

  OdooFields(Odoo odoo) {
    this.odoo = odoo;
  }

  /// Those of the wanted fields that are there, in their order.
  List<String> present(OdooCall call, String model, List<String> wanted)
      throws IOException, InterruptedException {
    Set<String> fields = of(call, model).keySet();
    return wanted.stream().filter(fields::contains).toList();
  }

  /// All fields of a model.
  Map<String, Kind> of(OdooCall call, String model) throws IOException, InterruptedException {
    var key = new Of(call.account(), model);
    Map<String, Kind> fields = known.getIfPresent(key);
    if (fields == null) {
      fields = ask(call, model);
      known.put(key, fields);
    }
    return fields;
  }

  private Map<String, Kind> ask(OdooCall call, String model)
      throws IOException, InterruptedException {
    JsonNode answer =
        odoo.call(call, model, "fields_get", Map.of("attributes", List.of("type", "readonly")));
    Map<String, Kind> fields = new HashMap<>();
    for (var field : answer.properties()) {
      JsonNode kind = field.getValue();
      fields.put(
          field.getKey(),
          new Kind(kind.path("type").asString(""), kind.path("readonly").asBoolean(false)));
    }
    return Map.copyOf(fields);
  }
}
