package io.mcpcrew.mcp.odoo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Named arguments as `execute_kw` takes them: a method of records has their ids in front, one of
/// the model has not, and `create` wants its values in front. Pure.
///
/// @param method as it is called by this way
/// @param named goes by its names
record RpcArguments(String method, List<Object> positional, Map<String, Object> named) {
  private static final Set<String> OF_THE_MODEL =
      Set.of(
          "search",
          "search_read",
          "search_count",
          "name_search",
          "name_create",
          "create",
          "load",
          "fields_get",
          "default_get",
          "get_views",
          "context_get",
          "check_object_reference",
          "check_access_rights",
          "read_group");

  static RpcArguments of(String method, Map<String, ?> body) {
    if (method.equals("formatted_read_group")) {
      return of("read_group", readGroup(body));
    }
    List<Object> positional = new ArrayList<>();
    Map<String, Object> named = new LinkedHashMap<>(body);
    Object ids = named.remove("ids");
    if (method.equals("create")) {
      Object values = named.remove("vals_list");
      positional.add(values == null ? List.of() : values);
    } else if (!OF_THE_MODEL.contains(method)) {
      positional.add(ids == null ? List.of() : ids);
    }
    return new RpcArguments(method, positional, named);
  }

  /// The way to group that all versions have, and its names for the same things.
  private static Map<String, Object> readGroup(Map<String, ?> body) {
    Map<String, Object> named = new LinkedHashMap<>(body);
    Object aggregates = named.remove("aggregates");
    named.put("fields", aggregates instanceof List<?> list ? measures(list) : List.of());
    Object order = named.remove("order");
    if (order != null) {
      named.put("orderby", order);
    }
    named.put("lazy", false);
    return named;
  }

  /// The count comes by itself. Two measures of one field need names of their own.
  private static List<String> measures(List<?> aggregates) {
    return aggregates.stream()
        .map(String::valueOf)
        .filter(aggregate -> !aggregate.equals("__count"))
        .map(aggregate ->
            named(aggregate) + ":" + function(aggregate) + "(" + field(aggregate) + ")")
        .toList();
  }

  /// What the answer calls `amount_total:sum`.
  static String named(String aggregate) {
    return field(aggregate) + "__" + function(aggregate);
  }

  private static String field(String aggregate) {
    return aggregate.split(":", 2)[0];
  }

  private static String function(String aggregate) {
    return aggregate.contains(":") ? aggregate.split(":", 2)[1] : "sum";
  }
}
