package io.mcpcrew.mcp.chatwoot;

import io.mcpcrew.mcp.shell.Arguments;
import io.mcpcrew.mcp.shell.JsonSchema;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A file that goes with a message. Its name and type stand in a header, and so may hold nothing
/// that ends one.
final class Upload {
  private static final Pattern NAME = Pattern.compile("[^/\\\\\"\\p{Cntrl}]{1,200}");
  private static final Pattern TYPE = Pattern.compile("[a-z0-9]+/[A-Za-z0-9.+-]{1,80}");
  private static final int MOST = 5;
  private static final int LARGEST = 500_000;

  private final String name;
  private final String type;
  private final byte[] content;

  private Upload(String name, String type, byte[] content) {
    this.name = name;
    this.type = type;
    this.content = content;
  }

  static Map<String, Object> schema() {
    var file =
        JsonSchema.object()
            .required("name", "string", "With its ending, e.g. `proposta.pdf`.")
            .optional("type", "string", "E.g. `application/pdf`, `image/png`.")
            .required("content", "string", "The file as base64, up to 500,000 bytes.");
    return Map.of(
        "type",
        "array",
        "items",
        file.strict(),
        "maxItems",
        MOST,
        "description",
        "Files that go with the message.");
  }

  static List<Upload> named(Arguments arguments) {
    return arguments.objects("files").stream().map(Upload::of).toList();
  }

  private static Upload of(Arguments file) {
    String name = file.text("name");
    String type = file.optionalText("type").orElse("application/octet-stream");
    if (!NAME.matcher(name).matches() || !TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException("a file's name or type is none: " + name);
    }
    byte[] content = decoded(file.text("content"));
    if (content.length == 0 || content.length > LARGEST) {
      throw new IllegalArgumentException("%s must have 1 to %d bytes".formatted(name, LARGEST));
    }
    return new Upload(name, type, content);
  }

  private static byte[] decoded(String content) {
    try {
      return Base64.getDecoder().decode(content);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the content of a file must be base64", e);
    }
  }

  String name() {
    return name;
  }

  String type() {
    return type;
  }

  byte[] content() {
    return content.clone();
  }
}
