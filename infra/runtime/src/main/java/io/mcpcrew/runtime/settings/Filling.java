package io.mcpcrew.runtime.settings;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Arguments of calls, as files declare them: `{item.code}` is filled in. Alone it keeps its type,
/// and what is not known is left out; within a text it is written out. `{each: "{lines}", as: …}`
/// is a list, made of what is known and of each `item` of another list.
public final class Filling {
  private static final String EACH = "each";
  private static final String AS = "as";
  private static final String ITEM = "item";

  private static final Pattern PLACE = Pattern.compile("\\{([a-z][a-z0-9_]*(?:\\.[a-z0-9_]+)*)}");

  private Filling() {}

  public static Map<String, Object> filled(
      Map<String, Object> template, Map<String, Object> facts) {
    Map<String, Object> filled = new TreeMap<>();
    template.forEach((name, value) -> filled(value, facts).ifPresent(v -> filled.put(name, v)));
    return filled;
  }

  /// The names before the first point of all places.
  public static Set<String> names(Object template) {
    Set<String> names = new LinkedHashSet<>();
    switch (template) {
      case Map<?, ?> map when isEach(map) -> {
        names.addAll(names(Objects.requireNonNullElse(map.get(AS), "")));
        names.remove(ITEM);
        names.addAll(names(Objects.requireNonNullElse(map.get(EACH), "")));
      }
      case Map<?, ?> map -> map.values().forEach(value -> names.addAll(names(value)));
      case List<?> list -> list.forEach(value -> names.addAll(names(value)));
      case String text -> {
        Matcher places = PLACE.matcher(text);
        while (places.find()) {
          names.add(places.group(1).split("\\.", 2)[0]);
        }
      }
      default -> {}
    }
    return names;
  }

  private static Optional<Object> filled(@Nullable Object template, Map<String, Object> facts) {
    return switch (template) {
      case null -> Optional.empty();
      case Map<?, ?> map when isEach(map) -> each(map, facts);
      case Map<?, ?> map -> {
        Map<String, Object> filled = new TreeMap<>();
        map.forEach((name, value) ->
            filled(value, facts).ifPresent(v -> filled.put(String.valueOf(name), v)));
        yield Optional.of(filled);
      }
      case List<?> list -> {
        List<Object> filled = new ArrayList<>();
        list.forEach(value -> filled(value, facts).ifPresent(filled::add));
        yield Optional.of(filled);
      }
      case String text -> text(text, facts);
      default -> Optional.of(template);
    };
  }

  private static boolean isEach(Map<?, ?> map) {
    return map.keySet().equals(Set.of(EACH, AS));
  }

  private static Optional<Object> each(Map<?, ?> template, Map<String, Object> facts) {
    if (!(filled(template.get(EACH), facts).orElse(null) instanceof List<?> items)) {
      return Optional.empty();
    }
    List<Object> all = new ArrayList<>();
    for (Object item : items) {
      Map<String, Object> inside = new TreeMap<>(facts);
      inside.put(ITEM, item);
      filled(template.get(AS), inside).ifPresent(all::add);
    }
    return Optional.of(all);
  }

  /// One value, as [#filled(Map, Map)] fills each.
  public static Optional<Object> value(Object template, Map<String, Object> facts) {
    return filled(template, facts);
  }

  private static Optional<Object> text(String text, Map<String, Object> facts) {
    Matcher alone = PLACE.matcher(text);
    if (alone.matches()) {
      return at(alone.group(1), facts).filter(value -> !value.toString().isEmpty());
    }
    return Optional.of(written(text, facts));
  }

  /// A text with everything written out.
  public static String written(String text, Map<String, Object> facts) {
    return PLACE
        .matcher(text)
        .replaceAll(place ->
            Matcher.quoteReplacement(at(place.group(1), facts).map(Object::toString).orElse("")))
        .strip();
  }

  /// What lies at a path such as `item.code`.
  public static Optional<Object> at(String path, Map<String, Object> facts) {
    @Nullable Object value = facts;
    for (String name : path.split("\\.", -1)) {
      value = value instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return Optional.ofNullable(value);
  }
}
