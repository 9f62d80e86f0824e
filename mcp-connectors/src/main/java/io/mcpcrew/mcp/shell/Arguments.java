package io.mcpcrew.mcp.shell;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A call's arguments, typed; the schema has been checked before.
public record Arguments(Map<String, Object> all) {

  public Arguments {
    all = Map.copyOf(all);
  }

  /// @throws IllegalArgumentException naming the argument that is missing
  public String text(String name) {
    return optionalText(name)
        .orElseThrow(() -> new IllegalArgumentException("the argument " + name + " is missing"));
  }

  public Optional<String> optionalText(String name) {
    return Optional.ofNullable(all.get(name))
        .map(value -> value.toString().strip())
        .filter(value -> !value.isEmpty());
  }

  /// A whole number between bounds; what lies outside is moved to the nearer bound.
  public int number(String name, int otherwise, int least, int most) {
    long given = all.get(name) instanceof Number number ? number.longValue() : otherwise;
    return Math.clamp(given, least, most);
  }

  /// @throws IllegalArgumentException when it is missing or no whole number
  public long id(String name) {
    if (all.get(name) instanceof Number number && number.longValue() > 0) {
      return number.longValue();
    }
    throw new IllegalArgumentException(name + " must be a positive whole number");
  }

  public boolean flag(String name) {
    return Boolean.TRUE.equals(all.get(name));
  }

  public List<?> list(String name) {
    return all.get(name) instanceof List<?> list ? list : List.of();
  }
}
