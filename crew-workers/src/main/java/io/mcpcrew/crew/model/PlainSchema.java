package io.mcpcrew.crew.model;

import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A schema in the few words that Gemini knows. What it cannot say is left out, and checked by the
/// tool itself; what may be anything is text.
final class PlainSchema {
  private PlainSchema() {}

  /// Null for an object that has no properties: there are no words for that.
  static @Nullable JsonObjectSchema object(Map<String, Object> schema) {
    List<String> required = list(schema.get("required")).stream().map(String::valueOf).toList();
    var plain = new TreeMap<String, JsonSchemaElement>();
    map(schema.get("properties"))
        .forEach((name, inner) -> {
          if (required.contains(name) || !isFree(map(inner))) {
            plain.put(name, plain(map(inner)));
          }
        });
    return plain.isEmpty()
        ? null
        : JsonObjectSchema.builder()
            .description(description(schema))
            .addProperties(plain)
            .required(required.stream().filter(plain::containsKey).toList())
            .build();
  }

  /// An object that may hold anything.
  private static boolean isFree(Map<String, Object> schema) {
    return "object".equals(type(schema)) && map(schema.get("properties")).isEmpty();
  }

  private static JsonSchemaElement plain(Map<String, Object> schema) {
    List<Map<String, Object>> choices = choices(schema);
    if (!choices.isEmpty()) {
      return choices.size() == 1
          ? plain(choices.getFirst())
          : JsonAnyOfSchema.builder()
              .description(description(schema))
              .anyOf(choices.stream().map(PlainSchema::plain).toList())
              .build();
    }
    List<String> words = words(schema);
    if (!words.isEmpty()) {
      return JsonEnumSchema.builder().description(description(schema)).enumValues(words).build();
    }
    return switch (type(schema)) {
      case "boolean" -> JsonBooleanSchema.builder().description(description(schema)).build();
      case "integer" -> JsonIntegerSchema.builder().description(description(schema)).build();
      case "number" -> JsonNumberSchema.builder().description(description(schema)).build();
      case "array" ->
          JsonArraySchema.builder()
              .description(description(schema))
              .items(plain(map(schema.get("items"))))
              .build();
      case "object" -> Objects.requireNonNullElseGet(object(schema), () -> text(schema));
      default -> text(schema);
    };
  }

  private static JsonSchemaElement text(Map<String, Object> schema) {
    String description = description(schema);
    if (type(schema).equals("object")) {
      description = (description == null ? "" : description + " ") + "(a JSON object)";
    }
    return JsonStringSchema.builder().description(description).build();
  }

  /// What a value may be one of; null is none, since it may be left out.
  private static List<Map<String, Object>> choices(Map<String, Object> schema) {
    List<Object> all = new ArrayList<>(list(schema.get("anyOf")));
    all.addAll(list(schema.get("oneOf")));
    return all.stream()
        .map(PlainSchema::map)
        .filter(choice -> !"null".equals(choice.get("type")))
        .toList();
  }

  private static List<String> words(Map<String, Object> schema) {
    List<Object> all = new ArrayList<>(list(schema.get("enum")));
    if (schema.get("const") != null) {
      all.add(schema.get("const"));
    }
    return all.stream()
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .filter(word -> !word.isBlank())
        .toList();
  }

  private static String type(Map<String, Object> schema) {
    Object type = schema.get("type");
    if (type instanceof List<?> several) {
      return several.stream()
          .map(String::valueOf)
          .filter(one -> !one.equals("null"))
          .findFirst()
          .orElse("string");
    }
    if (type == null) {
      return schema.containsKey("properties")
          ? "object"
          : schema.containsKey("items") ? "array" : "string";
    }
    return type.toString();
  }

  private static @Nullable String description(Map<String, Object> schema) {
    return schema.get("description") instanceof String text && !text.isBlank() ? text : null;
  }

  private static Map<String, Object> map(@Nullable Object node) {
    var map = new TreeMap<String, Object>();
    if (node instanceof Map<?, ?> some) {
      some.forEach((name, inner) -> {
        if (inner != null) {
          map.put(String.valueOf(name), inner);
        }
      });
    }
    return map;
  }

  private static List<Object> list(@Nullable Object node) {
    return node instanceof List<?> some ? new ArrayList<>(some) : List.of();
  }
}
