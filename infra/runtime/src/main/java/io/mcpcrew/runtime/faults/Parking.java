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

  /// For the cause, in letters of up to four bytes, the origin and the names.
  private static final int RESERVE = 12 * 1024;

  /// A foreign writer's key may be as long as a record; the parked record must not be too long for
  /// it.
  private static final int LONGEST_KEY = 1_024;

  private Parking() {}

  public static Parked park(
      String service,
      LogPosition origin,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Headers headers,
      Throwable cause,
      Instant now) {
    Map<String, Bytes> kept = copied(headers);
    int room = CrewSerde.LARGEST_RECORD - RESERVE - (key == null ? 0 : key.length) - size(kept);
    if (room < 0) {
      kept = Map.of();
      key = key != null && key.length > RESERVE ? null : key;
      room = CrewSerde.LARGEST_RECORD - 2 * RESERVE;
    }
    boolean fits = value == null || value.length < room;
    return new Parked(
        origin,
        service,
        kind(cause),
        shortened(Objects.toString(cause.getMessage(), cause.getClass().getSimpleName())),
        key == null ? null : Bytes.of(key),
        fits && value != null ? Bytes.of(value) : null,
        kept,
        now);
  }

  /// A key that places a parked record where its origin was, even when the origin's key cannot be
  /// read.
  public static String keyOf(Topic<?> topic, byte @Nullable [] key) {
    return key == null || key.length > LONGEST_KEY
        ? topic.name()
        : new String(key, StandardCharsets.UTF_8);
  }

  private static String kind(Throwable cause) {
    return cause instanceof WireFailure failure
        ? failure.kind().name().toLowerCase(Locale.ROOT)
        : "failed";
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_CAUSE ? text : text.substring(0, LONGEST_CAUSE);
  }

  private static int size(Map<String, Bytes> headers) {
    return headers.entrySet().stream()
        .mapToInt(header -> 4 * header.getKey().length() + header.getValue().size() + 16)
        .sum();
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
