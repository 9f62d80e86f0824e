package io.mcpcrew.crew.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Puts what a schema's `$ref` points to in its place, since what it points to is not sent to a
/// model. Bounded, whatever a server writes: a schema may hold itself, or itself many times.
final class SchemaReferences {
  private static final int DEEPEST = 8;
  private static final int MOST = 200;

  private final Map<String, Object> whole;
  private int followed;

  private SchemaReferences(Map<String, Object> whole) {
    this.whole = whole;
  }

  /// The same schema without references; what is deeper or more than is followed may be anything.
  static Map<String, Object> inlined(Map<String, Object> schema) {
    return new SchemaReferences(schema).inlined(schema, 0);
  }

  private Map<String, Object> inlined(Map<?, ?> node, int depth) {
    if (node.get("$ref") instanceof String place) {
      return followed(place, node.get("description"), depth);
    }
    var all = new TreeMap<String, Object>();
    node.forEach((name, inner) -> {
      if (inner != null) {
        all.put(String.valueOf(name), value(inner, depth));
      }
    });
    return all;
  }

  private Object value(Object node, int depth) {
    return switch (node) {
      case Map<?, ?> map -> inlined(map, depth);
      case List<?> list ->
          list.stream().filter(Objects::nonNull).map(inner -> value(inner, depth)).toList();
      default -> node;
    };
  }

  /// What is said where the reference stands is nearer to the matter than what is said there.
  private Map<String, Object> followed(String place, @Nullable Object description, int depth) {
    Map<String, Object> there = new TreeMap<>();
    if (depth < DEEPEST && followed < MOST && at(place) instanceof Map<?, ?> found) {
      followed++;
      there.putAll(inlined(found, depth + 1));
    }
    if (description != null) {
      there.put("description", description);
    }
    return there;
  }

  private @Nullable Object at(String place) {
    if (!place.startsWith("#/")) {
      return null;
    }
    Object there = whole;
    for (String name : List.of(place.substring(2).split("/", -1))) {
      there =
          there instanceof Map<?, ?> map
              ? map.get(name.replace("~1", "/").replace("~0", "~"))
              : null;
    }
    return there;
  }
}
