package io.mcpcrew.crew.playbook;

import io.mcpcrew.crew.playbook.Playbook.Step;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a playbook knows in this turn, by name: as arguments are filled with it, as templates tell
/// it, and as conditions ask for it.
final class Facts {
  private static final int MOST_FIELDS = 14;
  private static final int LONGEST_FIELD = 200;

  private final Playbook playbook;
  private final String language;
  private final Map<String, Object> known = new HashMap<>();

  Facts(Playbook playbook, String language) {
    this.playbook = playbook;
    this.language = language;
  }

  void put(String name, Object value) {
    known.put(name, value);
  }

  /// A value that the conversation has kept, with its readable forms.
  void putReadable(String name, Object value) {
    known.put(name, readable(value));
  }

  boolean contains(String name) {
    return known.containsKey(name);
  }

  /// A field of what is known by this name; null if there is none.
  @Nullable Object field(String name, String field) {
    return map(known.get(name)).get(field);
  }

  /// Without what the customer has told.
  Map<String, Object> known() {
    return Map.copyOf(known);
  }

  Map<String, Object> with(Map<String, Object> slots) {
    Map<String, Object> all = new HashMap<>(known);
    all.putAll(slots);
    return all;
  }

  /// As templates tell it: slots with their readable forms, too.
  Map<String, Object> told(Map<String, Object> slots) {
    return with(Rows.row(slots, language));
  }

  /// Names of which nothing is known are empty, so that conditions can ask for them.
  Map<String, Object> asked(Map<String, Object> slots) {
    Map<String, Object> all = new HashMap<>();
    playbook.slots().keySet().forEach(name -> all.put(name, ""));
    playbook.allSteps().stream()
        .map(Facts::result)
        .filter(Objects::nonNull)
        .forEach(name -> all.put(name, Map.of()));
    with(slots).forEach((name, value) -> all.put(name, cel(value)));
    return all;
  }

  /// What a step's result is called.
  private static @Nullable String result(Step step) {
    return switch (step) {
      case Step.Identify identify -> identify.as();
      case Step.Call call -> call.as();
      case Step.Choose choose -> choose.as();
      case Step.Write write -> write.as();
      case Step.If _,
          Step.Ask _,
          Step.Again _,
          Step.Known _,
          Step.Say _,
          Step.Person _,
          Step.Play _,
          Step.End _ ->
          null;
    };
  }

  /// CEL knows whole numbers and others.
  private static Object cel(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Integer whole -> whole.longValue();
      case BigDecimal exact -> exact.doubleValue();
      case Float small -> small.doubleValue();
      case Map<?, ?> map -> {
        Map<String, Object> all = new HashMap<>();
        map.forEach((name, each) -> all.put(String.valueOf(name), cel(each)));
        yield all;
      }
      case List<?> list -> list.stream().map(Facts::cel).toList();
      default -> value;
    };
  }

  private Object readable(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return value;
    }
    Map<String, Object> readable = Rows.row(map, language);
    readable.replaceAll((_, each) -> each instanceof Map<?, ?> inner ? readable(inner) : each);
    return readable;
  }

  /// A result of records is told by them; whatever else it is, by its fields.
  Map<String, Object> result(Map<String, Object> structured) {
    if (!(structured.get("records") instanceof List<?> records)) {
      return Rows.row(structured, language);
    }
    List<Map<String, Object>> rows = Rows.of(records, language);
    Map<String, Object> result = new HashMap<>();
    result.put("records", rows);
    result.put("count", rows.size());
    result.put("first", rows.isEmpty() ? Map.of() : rows.getFirst());
    return result;
  }

  static List<Map<String, Object>> rows(Map<String, Object> result) {
    return result.get("records") instanceof List<?> rows
        ? rows.stream().map(Facts::map).toList()
        : List.of();
  }

  /// The first of a result's records; the result itself if it is of none.
  static Map<String, Object> first(Map<String, Object> structured) {
    List<Map<String, Object>> rows = rows(structured);
    return rows.isEmpty() ? structured : rows.getFirst();
  }

  /// What a conversation may remember of a row: short fields, and not many.
  static Map<String, Object> plain(Map<String, Object> row) {
    Map<String, Object> plain = new LinkedHashMap<>();
    new TreeMap<>(row)
        .forEach((name, value) -> {
          boolean small =
              value instanceof Number
                  || value instanceof Boolean
                  || (value instanceof String text && text.length() <= LONGEST_FIELD);
          boolean written = name.endsWith("_money") || name.endsWith("_number");
          if (small && !written && plain.size() < MOST_FIELDS) {
            plain.put(name, value);
          }
        });
    return plain;
  }

  static Map<String, Object> map(@Nullable Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> given) {
      given.forEach((name, each) ->
          Optional.ofNullable(each).ifPresent(e -> map.put(String.valueOf(name), e)));
    }
    return map;
  }
}
