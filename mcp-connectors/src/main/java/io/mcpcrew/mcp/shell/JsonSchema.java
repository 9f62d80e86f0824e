package io.mcpcrew.mcp.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// JSON Schemas of tools, declared in a few words.
public final class JsonSchema {
  private final Map<String, Object> properties = new LinkedHashMap<>();
  private final List<String> required = new ArrayList<>();

  private JsonSchema() {}

  /// Arguments of a tool: every tool has the account, which must be the caller's own.
  public static JsonSchema arguments() {
    return new JsonSchema()
        .required("account_id", "string", "The account; filled in by the platform for its agents.");
  }

  /// A result without the account.
  public static JsonSchema result() {
    return new JsonSchema();
  }

  /// An object of its own, for the inside of a list.
  public static JsonSchema object() {
    return new JsonSchema();
  }

  /// The arguments of a tool that writes.
  public static JsonSchema writeArguments() {
    return arguments()
        .required(
            "idempotency_key",
            "string",
            "Names this effect; a second call with the same key has no second effect. Filled in by the platform for its agents.");
  }

  public JsonSchema required(String name, String type, String description) {
    required.add(name);
    return optional(name, type, description);
  }

  public JsonSchema optional(String name, String type, String description) {
    return property(name, Map.of("type", type, "description", description));
  }

  public JsonSchema number(String name, int least, int most, int otherwise, String description) {
    var schema = new LinkedHashMap<String, Object>();
    schema.put("type", "integer");
    schema.put("minimum", least);
    schema.put("maximum", most);
    schema.put("default", otherwise);
    schema.put("description", description);
    return property(name, schema);
  }

  public JsonSchema dryRun() {
    return optional(
        "dry_run", "boolean", "True: tell what would happen, and change nothing. Default false.");
  }

  /// One of a few words.
  public static Map<String, Object> oneOf(List<String> words, String description) {
    return Map.of("type", "string", "enum", words, "description", description);
  }

  /// A list of texts.
  public JsonSchema texts(String name, String description) {
    return property(
        name,
        Map.of("type", "array", "items", Map.of("type", "string"), "description", description));
  }

  /// A list that must hold something, of objects with just these fields.
  public JsonSchema requiredList(String name, JsonSchema item, int most, String description) {
    var schema = new LinkedHashMap<String, Object>();
    schema.put("type", "array");
    schema.put("items", item.strict());
    schema.put("minItems", 1);
    schema.put("maxItems", most);
    schema.put("description", description);
    return required(name, schema);
  }

  /// A list of objects whose fields the description names.
  public JsonSchema objects(String name, String description) {
    required.add(name);
    return property(
        name,
        Map.of("type", "array", "items", Map.of("type", "object"), "description", description));
  }

  public JsonSchema required(String name, Map<String, Object> schema) {
    required.add(name);
    return property(name, schema);
  }

  public JsonSchema property(String name, Map<String, Object> schema) {
    properties.put(name, schema);
    return this;
  }

  public Map<String, Object> build() {
    var schema = new LinkedHashMap<String, Object>();
    schema.put("type", "object");
    schema.put("properties", Map.copyOf(properties));
    schema.put("required", List.copyOf(required));
    return schema;
  }

  /// As [#build()], refusing what it does not name: a misspelt argument is told and not ignored.
  public Map<String, Object> strict() {
    Map<String, Object> schema = build();
    schema.put("additionalProperties", false);
    return schema;
  }
}
