package io.mcpcrew.mcp.odoo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One record, with lines if it has any, as Odoo's `load()` takes it: a table of texts. Each line
/// has an external id of its own; without one, a second load would add it a second time.
///
/// @param lines the field that holds the lines; every line has the same fields
record Sheet(Map<String, Object> head, String lines, List<Map<String, Object>> rows) {

  static Sheet of(Map<String, Object> head) {
    return new Sheet(head, "", List.of());
  }

  List<String> fields() {
    var fields = new ArrayList<String>();
    fields.add("id");
    fields.addAll(head.keySet());
    if (!rows.isEmpty()) {
      fields.add(lines + "/id");
      rows.getFirst().keySet().forEach(field -> fields.add(lines + "/" + field));
    }
    return fields;
  }

  /// Further lines leave the record's own columns empty.
  List<List<String>> data(EffectKey key) {
    List<Object> own = new ArrayList<>();
    own.add(key.externalId());
    own.addAll(head.values());
    if (rows.isEmpty()) {
      return List.of(texts(own));
    }
    var data = new ArrayList<List<String>>();
    for (int i = 0; i < rows.size(); i++) {
      List<Object> row = new ArrayList<>(own);
      row.add(key.part("line" + (i + 1)).externalId());
      row.addAll(rows.get(i).values());
      data.add(texts(row));
      own.replaceAll(_ -> "");
    }
    return data;
  }

  private static List<String> texts(List<Object> values) {
    return values.stream().map(String::valueOf).toList();
  }

  /// The fields of a sheet, in their order.
  static Map<String, Object> head(String field, Object value) {
    Map<String, Object> head = new LinkedHashMap<>();
    head.put(field, value);
    return head;
  }
}
