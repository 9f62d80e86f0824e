package io.mcpcrew.simulators.odoo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A call whose names of arguments have been found to be right.
record Call(
    Model model, List<Long> ids, Map<String, @Nullable Object> arguments, CallContext context) {

  /// Null when absent, null or false.
  @Nullable Object get(String name) {
    Object value = arguments.get(name);
    return value == null || value.equals(false) ? null : value;
  }

  @Nullable String text(String name) {
    Object value = get(name);
    return value == null ? null : value.toString();
  }

  String text(String name, String otherwise) {
    String text = text(name);
    return text == null ? otherwise : text;
  }

  /// Null when absent; a number of rows otherwise.
  @Nullable Long count(String name) {
    return switch (get(name)) {
      case null -> null;
      case Number number when number.longValue() >= 0 -> number.longValue();
      case Object other -> throw OdooError.value("Invalid " + name + ": " + other);
    };
  }

  /// Null when absent or empty: all fields.
  @Nullable List<Field> fields(String name) {
    Object value = get(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof List<?> names)) {
      throw OdooError.type(name + " must be a list, not " + value);
    }
    List<Field> fields = new ArrayList<>();
    names.forEach(field -> fields.add(model.field(String.valueOf(field))));
    return fields.isEmpty() ? null : fields;
  }

  Domain domain() {
    return Domain.read(get("domain"));
  }

  static Map<String, @Nullable Object> object(String name, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> object)) {
      throw OdooError.type(name + " must be an object, not " + value);
    }
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    object.forEach((key, inner) -> copy.put(String.valueOf(key), inner));
    return copy;
  }
}
