package io.mcpcrew.runtime.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.schemas.Bytes;
import io.mcpcrew.schemas.contract.LogPosition;
import io.mcpcrew.schemas.contract.Parked;
import io.mcpcrew.schemas.topics.Partitions;
import io.mcpcrew.schemas.topics.Topics;
import io.mcpcrew.schemas.wire.CrewSerde;
import io.mcpcrew.schemas.wire.WireFailure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParkingTest {
  private static final LogPosition ORIGIN = new LogPosition("crew.messages", 3, 42);
  private static final Instant NOON = Instant.parse("2026-11-20T15:00:00Z");

  private final RecordHeaders headers = new RecordHeaders();

  @Test
  void aParkedRecordIsWholeWithItsCauseAndWhereItCameFrom() {
    headers.add("traceparent", bytes("00-1-2-01"));
    headers.add("empty", null);

    Parked parked =
        park(bytes("value"), new WireFailure(WireFailure.Kind.MISROUTED, "in the wrong place"));

    assertThat(parked.origin()).isEqualTo(ORIGIN);
    assertThat(parked.service()).isEqualTo("test");
    assertThat(parked.kind()).isEqualTo("misrouted");
    assertThat(parked.cause()).isEqualTo("in the wrong place");
    assertThat(parked.key()).isEqualTo(Bytes.of(bytes("loja/1")));
    assertThat(parked.value()).isEqualTo(Bytes.of(bytes("value")));
    assertThat(parked.headers()).containsOnlyKeys("traceparent");
    assertThat(parked.parkedAt()).isEqualTo(NOON);
  }

  @Test
  void whatWentWrongWithoutAWordIsCalledByItsKind() {
    Parked parked = park(null, new IllegalStateException());

    assertThat(parked.kind()).isEqualTo("failed");
    assertThat(parked.cause()).isEqualTo("IllegalStateException");
    assertThat(parked.value()).isNull();
  }

  @Test
  void aCauseIsNoLongerThanAPersonReads() {
    assertThat(park(null, new IllegalStateException("x".repeat(9_000))).cause()).hasSize(2_000);
  }

  @Test
  void itCanAlwaysBeWrittenHoweverLargeItsValueWas() {
    Parked small = park(new byte[CrewSerde.LARGEST_RECORD / 2], new IllegalStateException("x"));
    Parked large = park(new byte[CrewSerde.LARGEST_RECORD], new IllegalStateException("x"));

    assertThat(written(small)).isEqualTo(small);
    assertThat(written(large)).isEqualTo(large);
    assertThat(large.value()).isNull();
  }

  @Test
  void itCanAlwaysBeWrittenHoweverLargeItsHeadersWere() {
    headers.add("large", new byte[64 * 1024]);

    Parked parked =
        park(new byte[CrewSerde.LARGEST_RECORD - 16 * 1024], new IllegalStateException("x"));

    assertThat(written(parked)).isEqualTo(parked);
  }

  @Test
  void itLiesWhereItsOriginLay() {
    var topic = Topics.parkedOf(Topics.MESSAGES);

    assertThat(Partitions.of(topic, Parking.keyOf(topic, bytes("loja/1")), 6))
        .isEqualTo(Partitions.of(Topics.MESSAGES, "loja/1", 6));
    assertThat(Parking.keyOf(topic, null)).isEqualTo("crew.messages.parked");
  }

  private Parked park(byte @Nullable [] value, Throwable cause) {
    return Parking.park("test", ORIGIN, bytes("loja/1"), value, headers, cause, NOON);
  }

  private static Parked written(Parked parked) {
    CrewSerde<Parked> serde = Topics.parkedOf(Topics.MESSAGES).serde();
    return serde.fromBytes(serde.toBytes(parked), null);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
