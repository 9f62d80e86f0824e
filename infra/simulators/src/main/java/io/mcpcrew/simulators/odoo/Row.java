package io.mcpcrew.simulators.odoo;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A stored record. A field without a value is not in the map; a many2one is the other's id.
record Row(long id, Map<String, Object> values) {
  Row {
    values = Collections.unmodifiableMap(new HashMap<>(values));
  }

  @Nullable Object get(String field) {
    return field.equals("id") ? (Object) id : values.get(field);
  }

  String text(String field) {
    return values.get(field) instanceof String text ? text : "";
  }

  double number(String field) {
    return values.get(field) instanceof Number number ? number.doubleValue() : 0;
  }

  boolean flag(String field) {
    return Boolean.TRUE.equals(values.get(field));
  }

  /// The id that a many2one points to, or null.
  @Nullable Long reference(String field) {
    return values.get(field) instanceof Long id ? id : null;
  }

  /// A null empties a field.
  Row with(Map<String, ? extends @Nullable Object> changes) {
    var changed = new HashMap<>(values);
    changes.forEach((field, value) -> {
      if (value == null) {
        changed.remove(field);
      } else {
        changed.put(field, value);
      }
    });
    return new Row(id, changed);
  }
}
