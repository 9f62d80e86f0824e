package io.mcpcrew.mcp.chatwoot;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Custom attributes as a caller gives them.
final class Attributes {
  private Attributes() {}

  /// @throws IllegalArgumentException when there are none, or one that a form could not hold
  static Map<String, @Nullable Object> wanted(ChatwootCall call) {
    Map<String, @Nullable Object> wanted = call.arguments().object("attributes");
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException("attributes must name at least one attribute");
    }
    wanted.forEach(Attributes::check);
    return wanted;
  }

  private static void check(String name, @Nullable Object value) {
    if (name.startsWith(Rows.OURS)) {
      throw new IllegalArgumentException("the platform keeps %s itself".formatted(name));
    }
    if (value instanceof Map || value instanceof List) {
      throw new IllegalArgumentException("%s must be a single value".formatted(name));
    }
  }
}
