package io.mcpcrew.mcp.chatwoot;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// Fields and files as a browser's form sends them; the only way in which Chatwoot takes a file.
final class Form {
  private final String boundary = "crew-" + UUID.randomUUID();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  void field(String name, String value) {
    begin("name=\"%s\"".formatted(name), "text/plain; charset=utf-8");
    end(value.getBytes(StandardCharsets.UTF_8));
  }

  void file(String name, Upload upload) {
    begin("name=\"%s\"; filename=\"%s\"".formatted(name, upload.name()), upload.type());
    end(upload.content());
  }

  private void begin(String disposition, String type) {
    write(
        "--%s\r\nContent-Disposition: form-data; %s\r\nContent-Type: %s\r\n\r\n"
            .formatted(boundary, disposition, type));
  }

  private void end(byte[] content) {
    bytes.writeBytes(content);
    write("\r\n");
  }

  private void write(String text) {
    bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  String type() {
    return "multipart/form-data; boundary=" + boundary;
  }

  /// The whole form; nothing may be added afterwards.
  byte[] complete() {
    write("--%s--\r\n".formatted(boundary));
    return bytes.toByteArray();
  }
}
