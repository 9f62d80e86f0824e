package io.mcpcrew.crew.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a model is asked. The same request has the same hash, in every attempt and every process.
public record ModelRequest(List<Said> said, List<OfferedTool> tools) {
  public ModelRequest {
    said = List.copyOf(said);
    tools = List.copyOf(tools);
  }

  /// A tool as a model sees it: without account, key and token.
  ///
  /// @param name letters, digits, `_` and `-`
  /// @param schema the JSON schema of its arguments, an object
  public record OfferedTool(String name, String description, Map<String, Object> schema) {}

  /// A message of the conversation with the model.
  public sealed interface Said {
    record Instructions(String text) implements Said {}

    record Customer(String text) implements Said {}

    /// What we or a model said before.
    ///
    /// @param signed what the model that said it wants back with it
    record Assistant(@Nullable String text, List<ToolCall> calls, @Nullable Signature signed)
        implements Said {
      public Assistant {
        calls = List.copyOf(calls);
      }

      /// Nobody's but ours.
      public Assistant(String text) {
        this(text, List.of(), null);
      }
    }

    record Result(String callId, String tool, String text) implements Said {}
  }

  /// A model asks for a tool.
  ///
  /// @param arguments as the model wrote them: JSON, or not
  public record ToolCall(String id, String tool, String arguments) {}

  /// Some models want back what they thought with what they said, in a form that only they can
  /// read.
  ///
  /// @param model ours, by name
  public record Signature(String model, String text) {}

  /// Over everything that the model reads.
  public String hash() {
    var digest = sha256();
    for (Said message : said) {
      switch (message) {
        case Said.Instructions(String text) -> add(digest, "i", text);
        case Said.Customer(String text) -> add(digest, "c", text);
        case Said.Assistant(String text, List<ToolCall> calls, Signature signed) -> {
          add(digest, "a", String.valueOf(text));
          calls.forEach(call -> add(digest, call.id(), call.tool(), call.arguments()));
          if (signed != null) {
            add(digest, "s", signed.model(), signed.text());
          }
        }
        case Said.Result(String id, String tool, String text) -> add(digest, "r", id, tool, text);
      }
    }
    tools.forEach(tool ->
        add(digest, "t", tool.name(), tool.description(), sorted(tool.schema()).toString()));
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  /// Maps in the order of their keys, as deep as they go.
  private static Object sorted(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var inOrder = new TreeMap<String, Object>();
        map.forEach((key, inner) -> inOrder.put(String.valueOf(key), sorted(inner)));
        yield inOrder;
      }
      case List<?> list -> list.stream().map(ModelRequest::sorted).toList();
      default -> value;
    };
  }

  /// Each part with its length, so that no two lists of parts are written alike.
  private static void add(MessageDigest digest, String... parts) {
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      digest.update(bytes);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
