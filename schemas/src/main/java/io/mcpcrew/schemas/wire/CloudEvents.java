package io.mcpcrew.schemas.wire;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;

/// The headers of a record, in CloudEvents' binary mode; the schema's fingerprint is put there by
/// the serde.
public final class CloudEvents {
  public static final String ID = "ce_id";
  public static final String SOURCE = "ce_source";
  public static final String TYPE = "ce_type";
  public static final String SPEC_VERSION = "ce_specversion";
  public static final String DATA_SCHEMA = "ce_dataschema";

  private static final byte[] VERSION = bytes("1.0");

  private CloudEvents() {}

  /// Marks a record with what made it and which event it is; equal ids are the same event.
  public static Headers mark(Headers headers, String id, String source, Class<?> type) {
    headers.add(ID, bytes(id));
    headers.add(SOURCE, bytes(source));
    headers.add(TYPE, bytes("io.mcpcrew." + type.getSimpleName()));
    headers.add(SPEC_VERSION, VERSION);
    return headers;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
