package io.mcpcrew.simulators.chatwoot;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The parameters of a request, read as leniently as Rails does: a number may come as text, a list
/// as one value.
record RequestBody(Map<String, @Nullable Object> values) {
  static final RequestBody EMPTY = new RequestBody(Map.of());

  @SuppressWarnings("unchecked") // what Jackson makes of a JSON object
  static RequestBody ofJson(byte[] bytes, JsonMapper json) {
    if (bytes.length == 0) {
      return EMPTY;
    }
    try {
      return json.readValue(bytes, Object.class) instanceof Map<?, ?> values
          ? new RequestBody((Map<String, @Nullable Object>) values)
          : EMPTY;
    } catch (JacksonException e) {
      throw Refused.with(400, "There was a problem in the JSON you submitted");
    }
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  @Nullable Object get(String key) {
    return values.get(key);
  }

  /// Text, or null when absent or null.
  @Nullable String text(String key) {
    Object value = values.get(key);
    return value == null || value instanceof Map || value instanceof List ? null : value.toString();
  }

  String text(String key, String otherwise) {
    String text = text(key);
    return text == null ? otherwise : text;
  }

  String required(String key) {
    String text = text(key);
    if (text == null || text.isBlank()) {
      throw Refused.unprocessable("param is missing or the value is empty: " + key);
    }
    return text;
  }

  /// Null when absent, empty or no number.
  @Nullable Long number(String key) {
    String text = text(key);
    return text != null && text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
  }

  long requiredNumber(String key) {
    Long number = number(key);
    if (number == null) {
      throw Refused.unprocessable("param is missing or the value is empty: " + key);
    }
    return number;
  }

  boolean flag(String key) {
    return List.of("true", "1", "t", "on").contains(text(key, ""));
  }

  @Nullable Boolean flagOrNull(String key) {
    return text(key) == null ? null : flag(key);
  }

  /// Null when absent.
  @Nullable Map<String, Object> object(String key) {
    return values.get(key) instanceof Map<?, ?> found ? copied(found) : null;
  }

  List<String> texts(String key) {
    Object value = values.get(key);
    if (value instanceof List<?> items) {
      return items.stream().map(String::valueOf).toList();
    }
    String text = text(key);
    return text == null ? List.of() : List.of(text);
  }

  /// Epoch seconds or ISO-8601; null when absent or unreadable.
  @Nullable Instant time(String key) {
    Long seconds = number(key);
    if (seconds != null) {
      return Instant.ofEpochSecond(seconds);
    }
    String text = text(key);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /// An object without its nulls and with text as keys, fit to be stored.
  static Map<String, Object> copied(Map<?, ?> found) {
    return found.entrySet().stream()
        .filter(entry -> entry.getValue() != null)
        .collect(
            Collectors.toMap(
                entry -> String.valueOf(entry.getKey()),
                entry -> (Object) entry.getValue(),
                (first, _) -> first,
                LinkedHashMap::new));
  }
}
