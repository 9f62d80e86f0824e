package io.mcpcrew.runtime.faults;

import io.mcpcrew.schemas.Bytes;
import io.mcpcrew.schemas.contract.LogPosition;
import io.mcpcrew.schemas.contract.Parked;
import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.wire.CrewSerde;
import io.mcpcrew.schemas.wire.WireFailure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// Makes the parked form of a record: whole, with its cause and where it came from, so that a
/// command can put it back.
public final class Parking {
  private static final int LONGEST_CAUSE = 2_000;

  private Parking() {}

  public static Parked park(
      String service,
      LogPosition origin,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Headers headers,
      Throwable cause,
      Instant now) {
    boolean fits = value == null || value.length < CrewSerde.LARGEST_RECORD - 8_192;
    return new Parked(
        origin,
        service,
        kind(cause),
        shortened(Objects.toString(cause.getMessage(), cause.getClass().getSimpleName())),
        key == null ? null : Bytes.of(key),
        fits && value != null ? Bytes.of(value) : null,
        copied(headers),
        now);
  }

  /// A key that places a parked record where its origin was, even when the origin's key cannot be
  /// read.
  public static String keyOf(Topic<?> topic, byte @Nullable [] key) {
    return key == null ? topic.name() : new String(key, StandardCharsets.UTF_8);
  }

  private static String kind(Throwable cause) {
    return cause instanceof WireFailure failure
        ? failure.kind().name().toLowerCase(Locale.ROOT)
        : "failed";
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_CAUSE ? text : text.substring(0, LONGEST_CAUSE);
  }

  private static Map<String, Bytes> copied(Headers headers) {
    Map<String, Bytes> copy = new TreeMap<>();
    for (Header header : headers) {
      if (header.value() != null) {
        copy.put(header.key(), Bytes.of(header.value()));
      }
    }
    return copy;
  }
}
