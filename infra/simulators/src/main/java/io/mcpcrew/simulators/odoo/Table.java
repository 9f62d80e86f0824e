package io.mcpcrew.simulators.odoo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The records of one model at one moment. Who points where is found out when first asked for, and
/// kept as long as the table is not changed.
final class Table {
  static final Table EMPTY = new Table(new TreeMap<>(), 1);

  private final SortedMap<Long, Row> rows;
  private final long nextId;
  private final Map<String, Map<Long, List<Long>>> pointers = new ConcurrentHashMap<>();

  /// The map must not be changed any more.
  Table(SortedMap<Long, Row> rows, long nextId) {
    this.rows = Collections.unmodifiableSortedMap(rows);
    this.nextId = nextId;
  }

  SortedMap<Long, Row> rows() {
    return rows;
  }

  long nextId() {
    return nextId;
  }

  List<Long> referring(String field, long id) {
    return pointers.computeIfAbsent(field, this::pointersOf).getOrDefault(id, List.of());
  }

  private Map<Long, List<Long>> pointersOf(String field) {
    Map<Long, List<Long>> found = new HashMap<>();
    for (Row row : rows.values()) {
      Long target = row.reference(field);
      if (target != null) {
        found.computeIfAbsent(target, _ -> new ArrayList<>()).add(row.id());
      }
    }
    found.replaceAll((_, ids) -> List.copyOf(ids));
    return found;
  }
}
