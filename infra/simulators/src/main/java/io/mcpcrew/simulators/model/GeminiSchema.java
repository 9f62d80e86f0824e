package io.mcpcrew.simulators.model;

import static io.mcpcrew.simulators.model.Strict.require;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What Gemini takes as a schema: a part of what JSON Schema knows, of which it wants more.
final class GeminiSchema {
  private static final Set<String> KNOWN =
      Set.of(
          "type",
          "format",
          "title",
          "description",
          "nullable",
          "enum",
          "properties",
          "required",
          "items",
          "minItems",
          "maxItems",
          "anyOf",
          "propertyOrdering",
          "default",
          "minimum",
          "maximum",
          "minLength",
          "maxLength",
          "pattern",
          "example",
          "minProperties",
          "maxProperties");
  private static final String OBJECT = "OBJECT";
  private static final String ARRAY = "ARRAY";
  private static final String STRING = "STRING";
  private static final Set<String> TYPES =
      Set.of(STRING, "NUMBER", "INTEGER", "BOOLEAN", ARRAY, OBJECT, "NULL");
  private static final Set<String> STRING_FORMATS = Set.of("enum", "date-time");

  private GeminiSchema() {}

  /// A function's parameters are an object with at least one property. A function without
  /// parameters has no schema.
  static void parameters(JsonNode schema, String at) throws BadRequest {
    check(schema, at);
    require(
        type(Strict.filled(schema)).equals(OBJECT),
        at + ": schema should be of type OBJECT for the parameters of a function");
  }

  private static void check(JsonNode written, String at) throws BadRequest {
    JsonNode schema = Strict.filled(written);
    require(schema.isObject(), at + ": should be a schema");
    Strict.known(schema, KNOWN, field -> GeminiWire.unknown(field, at));
    String type = type(schema);
    require(
        TYPES.contains(type) || (!schema.has("type") && schema.has("anyOf")),
        at + ".type: must be specified, as one of " + TYPES.stream().sorted().toList());
    if (type.equals(OBJECT)) {
      object(schema, at);
    }
    if (type.equals(ARRAY)) {
      require(schema.has("items"), at + ".items: missing field");
      check(schema.path("items"), at + ".items");
    }
    words(schema, type, at);
    any(schema.path("anyOf"), at + ".anyOf");
  }

  /// The type in capitals, if it is written all in capitals or all in small letters.
  private static String type(JsonNode schema) {
    String written = schema.path("type").asString("");
    String capitals = written.toUpperCase(Locale.ROOT);
    boolean small = written.equals(written.toLowerCase(Locale.ROOT));
    return small || written.equals(capitals) ? capitals : "";
  }

  private static void object(JsonNode schema, String at) throws BadRequest {
    JsonNode properties = schema.path("properties");
    require(
        properties.isObject() && !properties.isEmpty(),
        at + ".properties: should be non-empty for OBJECT type");
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      check(property.getValue(), at + ".properties[" + property.getKey() + "]");
    }
    JsonNode required = schema.path("required");
    require(required.isMissingNode() || required.isArray(), at + ".required: should be an array");
    for (int i = 0; i < required.size(); i++) {
      require(
          properties.has(required.get(i).asString("")),
          at + ".required[%d]: property is not defined".formatted(i));
    }
  }

  private static void words(JsonNode schema, String type, String at) throws BadRequest {
    JsonNode values = schema.path("enum");
    require(
        values.isMissingNode() || (values.isArray() && type.equals(STRING)),
        at + ".enum: only allowed for STRING type");
    for (int i = 0; i < values.size(); i++) {
      require(
          values.get(i).isString() && !values.get(i).asString("").isEmpty(),
          at + ".enum[%d]: cannot be empty, and must be a string".formatted(i));
    }
    String format = schema.path("format").asString("");
    require(
        !type.equals(STRING) || !schema.has("format") || STRING_FORMATS.contains(format),
        at + ".format: only 'enum' and 'date-time' are supported for STRING type");
  }

  private static void any(JsonNode list, String at) throws BadRequest {
    require(
        list.isMissingNode() || (list.isArray() && !list.isEmpty()),
        at + ": should be an array with a schema");
    for (int i = 0; i < list.size(); i++) {
      check(list.get(i), at + "[%d]".formatted(i));
    }
  }
}
