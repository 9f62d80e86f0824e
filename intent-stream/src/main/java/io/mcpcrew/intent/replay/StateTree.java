package io.mcpcrew.intent.replay;

import io.mcpcrew.schemas.Content;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Records as trees of maps, lists and texts, for people and machines to read and compare.
public final class StateTree {
  private StateTree() {}

  /// A record becomes a map of its components, in their order; one case of several says which.
  public static @Nullable Object of(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Content content -> content.readable();
      case List<?> list -> list.stream().map(StateTree::orNull).toList();
      case Map<?, ?> map -> map(map);
      case Record one when isPlain(one) -> one.toString();
      case Record one -> record(one);
      case Number number -> number;
      case Boolean bool -> bool;
      default -> value.toString();
    };
  }

  private static Object orNull(@Nullable Object value) {
    Object tree = of(value);
    return tree == null ? "null" : tree;
  }

  /// Ids are records with a text of their own.
  private static boolean isPlain(Record value) {
    return value.getClass().getPackageName().equals("io.mcpcrew.schemas");
  }

  private static Map<String, @Nullable Object> map(Map<?, ?> map) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    map.forEach((key, value) -> tree.put(String.valueOf(key), of(value)));
    return tree;
  }

  private static Map<String, @Nullable Object> record(Record value) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    for (Class<?> cases : value.getClass().getInterfaces()) {
      if (cases.isSealed()) {
        tree.put("is", value.getClass().getSimpleName());
      }
    }
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      try {
        tree.put(component.getName(), of(component.getAccessor().invoke(value)));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    return tree;
  }

  /// What differs, a line each: `phase.closesAt: 12:00 → 12:01`.
  public static List<String> differences(@Nullable Object before, @Nullable Object after) {
    List<String> lines = new ArrayList<>();
    compare("", of(before), of(after), lines);
    return lines;
  }

  private static void compare(
      String path, @Nullable Object before, @Nullable Object after, List<String> lines) {
    if (before instanceof Map<?, ?> a && after instanceof Map<?, ?> b) {
      Set<Object> names = new LinkedHashSet<>(a.keySet());
      names.addAll(b.keySet());
      for (Object name : names) {
        compare(
            path.isEmpty() ? name.toString() : path + "." + name, a.get(name), b.get(name), lines);
      }
    } else if (before instanceof List<?> a && after instanceof List<?> b) {
      for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
        compare(
            path + "[" + i + "]",
            i < a.size() ? a.get(i) : null,
            i < b.size() ? b.get(i) : null,
            lines);
      }
    } else if (before == null ? after != null : !before.equals(after)) {
      lines.add(
          "%s: %s → %s"
              .formatted(path.isEmpty() ? "all of it" : path, shown(before), shown(after)));
    }
  }

  private static String shown(@Nullable Object value) {
    return value == null ? "nothing" : value.toString();
  }
}
