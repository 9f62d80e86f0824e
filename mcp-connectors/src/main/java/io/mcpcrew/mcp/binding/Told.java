package io.mcpcrew.mcp.binding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A foreign answer as the records that crews count on. Pure.
final class Told {
  private Told() {}

  /// The answer is not what the file says of it: another version of the server, or a wrong file.
  static final class Unfitting extends Exception {
    private static final long serialVersionUID = 1L;

    Unfitting(String message) {
      super(message);
    }
  }

  static List<Map<String, Object>> records(
      Binding.Bound tool, Object answer, Map<String, Object> arguments) throws Unfitting {
    long most = arguments.get("limit") instanceof Number limit ? limit.longValue() : Long.MAX_VALUE;
    List<Map<String, Object>> records = new ArrayList<>();
    for (Object item : items(tool.records(), answer)) {
      Map<String, Object> facts =
          Map.of(FieldRule.ITEM, item, FieldRule.ARGUMENTS, Map.copyOf(arguments));
      if (records.size() < most && tool.only().map(only -> only.holds(facts)).orElse(true)) {
        records.add(record(tool, facts));
      }
    }
    return records;
  }

  /// A list as it is, one object as a list of one, and null as nothing found.
  private static List<Object> items(String path, Object answer) throws Unfitting {
    Object found = path.isEmpty() ? answer : at(path, answer);
    List<Object> items = new ArrayList<>();
    for (Object item : found instanceof List<?> list ? list : single(found)) {
      if (!(item instanceof Map)) {
        throw new Unfitting("what lies at `%s` is no list of objects".formatted(path));
      }
      items.add(item);
    }
    return items;
  }

  private static List<?> single(@Nullable Object found) {
    return found == null ? List.of() : List.of(found);
  }

  private static @Nullable Object at(String path, Object answer) throws Unfitting {
    @Nullable Object found = answer;
    for (String name : path.split("\\.", -1)) {
      if (!(found instanceof Map<?, ?> map) || !map.containsKey(name)) {
        throw new Unfitting("there is no `%s`".formatted(path));
      }
      found = map.get(name);
    }
    return found;
  }

  private static Map<String, Object> record(Binding.Bound tool, Map<String, Object> facts)
      throws Unfitting {
    Map<String, Kind> kinds = tool.capability().fields();
    Map<String, Object> record = new LinkedHashMap<>();
    for (var field : tool.fields().entrySet()) {
      String name = field.getKey();
      Optional<Object> value = field.getValue().value(facts);
      if (value.isPresent()) {
        record.put(name, fitting(name, kinds.getOrDefault(name, Kind.TEXT), value.get()));
      } else if (tool.capability().tells().containsKey(name)) {
        throw new Unfitting("a record has no " + name);
      }
    }
    return record;
  }

  private static Object fitting(String name, Kind kind, Object value) throws Unfitting {
    try {
      return kind.of(value);
    } catch (IllegalArgumentException e) {
      throw new Unfitting("the %s of a record %s".formatted(name, e.getMessage()));
    }
  }
}
