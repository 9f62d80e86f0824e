package io.mcpcrew.mcp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What the contract needs to know of a tool.
///
/// @param works arguments of a call that succeeds; asked anew for each call
/// @param refused arguments of a call that is refused
/// @param because a part of the reason
/// @param other arguments that differ from those that work, for a second call with the same key
record ToolCase(
    String tool,
    Supplier<Map<String, Object>> works,
    Map<String, Object> refused,
    String because,
    Map<String, Object> other) {

  static ToolCase of(String tool, Map<String, Object> works) {
    return new ToolCase(tool, () -> works, Map.of(), "", Map.of());
  }

  static ToolCase of(String tool, Supplier<Map<String, Object>> works) {
    return new ToolCase(tool, works, Map.of(), "", Map.of());
  }

  ToolCase refuses(Map<String, Object> arguments, String because) {
    return new ToolCase(tool, works, arguments, because, other);
  }

  ToolCase differs(Map<String, Object> arguments) {
    return new ToolCase(tool, works, refused, because, arguments);
  }

  /// Two sets of arguments in one; the second counts.
  static Map<String, Object> and(Map<String, Object> some, Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>(some);
    all.putAll(more);
    return all;
  }

  static List<String> names(List<ToolCase> cases) {
    return cases.stream().map(ToolCase::tool).toList();
  }

  @Override
  public String toString() {
    return tool;
  }
}
