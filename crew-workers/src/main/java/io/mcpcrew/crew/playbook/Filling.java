package io.mcpcrew.crew.playbook;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Arguments of calls: `{item.code}` is filled in. Alone it keeps its type, and what is not known
/// is left out; within a text it is written out.
final class Filling {
  private static final Pattern PLACE = Pattern.compile("\\{([a-z][a-z0-9_]*(?:\\.[a-z0-9_]+)*)}");

  private Filling() {}

  static Map<String, Object> filled(Map<String, Object> template, Map<String, Object> facts) {
    Map<String, Object> filled = new TreeMap<>();
    template.forEach((name, value) -> filled(value, facts).ifPresent(v -> filled.put(name, v)));
    return filled;
  }

  /// The names before the first point of all places.
  static Set<String> names(Object template) {
    Set<String> names = new LinkedHashSet<>();
    switch (template) {
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

  private static Optional<Object> text(String text, Map<String, Object> facts) {
    Matcher alone = PLACE.matcher(text);
    if (alone.matches()) {
      return at(alone.group(1), facts).filter(value -> !value.toString().isEmpty());
    }
    return Optional.of(written(text, facts));
  }

  /// A text with everything written out.
  static String written(String text, Map<String, Object> facts) {
    return PLACE
        .matcher(text)
        .replaceAll(place ->
            Matcher.quoteReplacement(at(place.group(1), facts).map(Object::toString).orElse("")))
        .strip();
  }

  private static Optional<Object> at(String path, Map<String, Object> facts) {
    @Nullable Object value = facts;
    for (String name : path.split("\\.", -1)) {
      value = value instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return Optional.ofNullable(value);
  }
}
