package io.mcpcrew.mcp.binding;

import io.mcpcrew.mcp.shell.ConnectorTool;
import io.mcpcrew.runtime.settings.YamlDocuments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What crews and playbooks count on, whichever system is behind it.
///
/// @param tool how models see it, with what it is asked for; its body is not used
/// @param whose whether an answer may be for one customer only
/// @param tells what each record holds, always
/// @param may what a record holds where the system knows it
public record Capability(
    String name,
    ConnectorTool tool,
    boolean whose,
    Map<String, Kind> tells,
    Map<String, Kind> may) {

  /// The read that answers whether something was done with a key; no crew names it.
  static final String FIND_BY_KEY = "find_by_key";

  record Told(boolean whose, Map<String, Kind> tells, Map<String, Kind> may) {}

  @SuppressWarnings("serial") // read from a file, and never written
  static final class File extends LinkedHashMap<String, Told> {
    private static final long serialVersionUID = 1L;
  }

  /// All that can be bound.
  ///
  /// @param tools that offer them already
  public static Map<String, Capability> all(List<ConnectorTool> tools) {
    Map<String, Capability> all = new LinkedHashMap<>();
    YamlDocuments.resource(Capability.class, "capabilities.yaml", File.class)
        .forEach((name, told) ->
            all.put(
                name,
                new Capability(name, toolOf(name, tools), told.whose(), told.tells(), told.may())));
    return all;
  }

  private static ConnectorTool toolOf(String name, List<ConnectorTool> tools) {
    return tools.stream()
        .filter(tool -> name.equals(Objects.requireNonNullElse(tool.capability(), tool.name())))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no tool shows what " + name + " is"));
  }

  /// What it can be asked for, the account not being its business.
  Set<String> arguments() {
    Set<String> names = new TreeSet<>(properties().keySet());
    names.remove("account_id");
    return names;
  }

  /// What must be given, the account not counted.
  Set<String> required() {
    Set<String> names = new TreeSet<>();
    ((List<?>) tool.inputSchema().getOrDefault("required", List.of()))
        .forEach(name -> names.add(name.toString()));
    names.remove("account_id");
    return names;
  }

  /// These arguments, and where nothing is given what is meant then.
  Map<String, Object> withDefaults(Map<String, Object> arguments) {
    Map<String, Object> all = completed(tool.inputSchema(), arguments);
    all.remove("account_id");
    return all;
  }

  private static Map<String, Object> completed(Map<?, ?> schema, Map<?, ?> given) {
    Map<String, Object> all = new TreeMap<>();
    given.forEach((name, value) -> all.put(String.valueOf(name), value));
    if (schema.get("properties") instanceof Map<?, ?> properties) {
      properties.forEach((key, described) -> {
        String name = String.valueOf(key);
        if (described instanceof Map<?, ?> property) {
          @Nullable Object value = all.getOrDefault(name, property.get("default"));
          if (value != null) {
            all.put(name, completed(property, value));
          }
        }
      });
    }
    return all;
  }

  private static Object completed(Map<?, ?> property, Object value) {
    return property.get("items") instanceof Map<?, ?> item && value instanceof List<?> list
        ? list.stream()
            .map(each -> each instanceof Map<?, ?> map ? completed(item, map) : each)
            .toList()
        : value;
  }

  Map<String, Object> properties() {
    Map<String, Object> properties = new LinkedHashMap<>();
    ((Map<?, ?>) tool.inputSchema().getOrDefault("properties", Map.of()))
        .forEach((name, schema) -> properties.put(String.valueOf(name), schema));
    return properties;
  }

  /// Of all the fields that a record may have.
  Map<String, Kind> fields() {
    Map<String, Kind> fields = new LinkedHashMap<>(tells);
    fields.putAll(may);
    return fields;
  }
}
