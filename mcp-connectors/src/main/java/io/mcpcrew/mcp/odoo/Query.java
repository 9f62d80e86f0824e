package io.mcpcrew.mcp.odoo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A search, in the words of Odoo's `search_read`.
record Query(Map<String, Object> body) {

  /// @param domain conditions, all of which must hold
  static Query where(List<?>... domain) {
    return new Query(Map.of("domain", List.of(domain)));
  }

  static Query of(List<?> domain) {
    return new Query(Map.of("domain", domain));
  }

  Query give(List<String> fields) {
    return with("fields", fields);
  }

  Query give(String... fields) {
    return give(List.of(fields));
  }

  Query most(int limit) {
    return with("limit", limit);
  }

  Query order(String order) {
    return with("order", order);
  }

  /// What is archived too.
  Query archivedToo() {
    return with("context", Map.of("active_test", false));
  }

  private Query with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(body);
    more.put(name, value);
    return new Query(more);
  }
}
