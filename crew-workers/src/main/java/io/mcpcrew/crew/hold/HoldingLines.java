package io.mcpcrew.crew.hold;

import io.mcpcrew.runtime.settings.YamlDocuments;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is said while a turn takes long, by what is being done. Pure.
final class HoldingLines {
  private static final String OTHER = "other";

  private final Map<String, Map<String, String>> lines;

  private HoldingLines(Map<String, Map<String, String>> lines) {
    this.lines = Map.copyOf(lines);
  }

  @SuppressWarnings("unchecked")
  static HoldingLines builtIn() {
    return new HoldingLines(
        YamlDocuments.resource(HoldingLines.class, "/io/mcpcrew/crew/holding.yaml", Map.class));
  }

  /// @param capability in use, if one is
  String of(@Nullable String capability, String language) {
    String doing = capability == null ? OTHER : capability;
    String key =
        lines.keySet().stream()
            .filter(begin -> doing.equals(begin) || doing.startsWith(begin + "."))
            .max(Comparator.comparingInt(String::length))
            .orElse(OTHER);
    Map<String, String> line = Objects.requireNonNull(lines.get(key), key);
    return Objects.requireNonNull(line.getOrDefault(language, line.get("pt")), key);
  }
}
