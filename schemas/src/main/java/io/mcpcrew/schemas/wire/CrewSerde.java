package io.mcpcrew.schemas.wire;

import io.mcpcrew.schemas.topics.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/// The values of one topic as bytes: a zero byte, the schema's id, Avro binary. Refuses what is too
/// large where it is written, because a broker's refusal inside a Streams transaction would stop a
/// partition.
public final class CrewSerde<T> implements Serde<T>, Serializer<T>, Deserializer<T> {
  /// The longest record of any topic; what is longer goes to the content store and is named by its
  /// hash.
  public static final int LARGEST_RECORD = 512 * 1024;

  private static final int HEADER_SIZE = 5;

  /// Made once for each type: that takes far longer than what they do afterwards.
  private static final ClassValue<RecordCodec<?>> CODECS =
      new ClassValue<>() {
        @Override
        protected RecordCodec<?> computeValue(Class<?> type) {
          return new RecordCodec<>(type, SchemaBundle.released().current(type).schema());
        }
      };

  private final String name;
  private final SchemaBundle.Release current;
  private final RecordCodec<T> codec;
  private final byte[] fingerprint;

  public CrewSerde(Topic<T> topic) {
    this(topic.name(), topic.valueType());
  }

  /// For what lies in a store or a changelog instead of a topic of the catalogue.
  public CrewSerde(String name, Class<T> type) {
    this.name = name;
    this.current = SchemaBundle.released().current(type);
    this.codec = codec(type);
    this.fingerprint = current.fingerprint().getBytes(StandardCharsets.US_ASCII);
  }

  @SuppressWarnings("unchecked")
  private static <T> RecordCodec<T> codec(Class<T> type) {
    return (RecordCodec<T>) CODECS.get(type);
  }

  /// As the topic carries it. Deterministic: equal values are equal bytes.
  public byte[] toBytes(T value) {
    var out = new ByteArrayOutputStream(512);
    out.writeBytes(ByteBuffer.allocate(HEADER_SIZE).put((byte) 0).putInt(current.id()).array());
    codec.write(value, out);
    if (out.size() > LARGEST_RECORD) {
      throw new WireFailure(
          WireFailure.Kind.TOO_LARGE,
          "a record for %s has %d bytes, %d are allowed"
              .formatted(name, out.size(), LARGEST_RECORD));
    }
    return out.toByteArray();
  }

  /// Whether these bytes are what this release writes.
  public boolean isCurrent(byte[] bytes) {
    return bytes.length > HEADER_SIZE && ByteBuffer.wrap(bytes, 1, 4).getInt() == current.id();
  }

  /// Reads what this or another release wrote.
  public T fromBytes(byte[] bytes, @Nullable String writtenWith) {
    if (bytes.length < HEADER_SIZE || bytes[0] != 0) {
      throw undecodable("does not begin with the wire format's header", null);
    }
    int id = ByteBuffer.wrap(bytes, 1, 4).getInt();
    var writer =
        SchemaBundle.released()
            .writer(id, writtenWith)
            .orElseThrow(() -> undecodable("was written with unknown schema " + id, null));
    try {
      return codec.read(writer.schema(), bytes, HEADER_SIZE);
    } catch (IOException | RuntimeException e) {
      throw undecodable("cannot be read with schema " + writer.fileName(), e);
    }
  }

  private WireFailure undecodable(String what, @Nullable Exception cause) {
    String message = "a record of %s %s".formatted(name, what);
    return cause == null
        ? new WireFailure(WireFailure.Kind.UNDECODABLE, message)
        : new WireFailure(WireFailure.Kind.UNDECODABLE, message, cause);
  }

  @Override
  public byte @Nullable [] serialize(String topicName, @Nullable T value) {
    return value == null ? null : toBytes(value);
  }

  @Override
  public byte @Nullable [] serialize(String topicName, Headers headers, @Nullable T value) {
    if (value == null) {
      return null;
    }
    headers.remove(CloudEvents.DATA_SCHEMA);
    headers.add(CloudEvents.DATA_SCHEMA, fingerprint);
    return toBytes(value);
  }

  @Override
  public @Nullable T deserialize(String topicName, byte @Nullable [] bytes) {
    return bytes == null ? null : fromBytes(bytes, null);
  }

  @Override
  public @Nullable T deserialize(String topicName, Headers headers, byte @Nullable [] bytes) {
    return bytes == null ? null : fromBytes(bytes, writtenWith(headers));
  }

  private static @Nullable String writtenWith(Headers headers) {
    Header header = headers.lastHeader(CloudEvents.DATA_SCHEMA);
    return header == null ? null : new String(header.value(), StandardCharsets.US_ASCII);
  }

  @Override
  public Serializer<T> serializer() {
    return this;
  }

  @Override
  public Deserializer<T> deserializer() {
    return this;
  }

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {}

  @Override
  public void close() {}
}
