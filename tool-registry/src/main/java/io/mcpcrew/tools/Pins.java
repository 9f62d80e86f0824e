package io.mcpcrew.tools;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What makes a tool this tool: a hash over all that a model or a policy goes by. The order of keys
/// does not matter; one other letter in a description does.
final class Pins {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Pins() {}

  static String of(Offered tool) {
    Map<String, Object> all = new TreeMap<>();
    all.put("name", tool.name());
    all.put("title", tool.title());
    all.put("description", tool.description());
    all.put("input", tool.inputSchema());
    all.put("output", tool.outputSchema());
    all.put("annotations", tool.annotations());
    all.put("meta", tool.meta());
    return sha256(canonical(all));
  }

  /// JSON with its keys in order, however deep they lie.
  static String canonical(@Nullable Object value) {
    return JSON.writeValueAsString(ordered(value));
  }

  private static @Nullable Object ordered(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((key, inner) -> sorted.put(String.valueOf(key), ordered(inner)));
        yield sorted;
      }
      case List<?> list -> list.stream().map(Pins::ordered).toList();
      case null, default -> value;
    };
  }

  static String sha256(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
