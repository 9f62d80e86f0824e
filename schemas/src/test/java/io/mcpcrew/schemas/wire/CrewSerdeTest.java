package io.mcpcrew.schemas.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpcrew.schemas.AnyRecord;
import io.mcpcrew.schemas.Bytes;
import io.mcpcrew.schemas.contract.LogPosition;
import io.mcpcrew.schemas.contract.Parked;
import io.mcpcrew.schemas.contract.Tick;
import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.topics.Topics;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class CrewSerdeTest {

  @Property(tries = 200)
  void everyRecordOfEveryTopicComesBackAsItWas(@ForAll long seed) {
    Topics.installed().forEach(topic -> comesBack(topic, seed));
  }

  private static <T> void comesBack(Topic<T> topic, long seed) {
    T value = new AnyRecord(seed).make(topic.valueType());
    CrewSerde<T> serde = topic.serde();
    var headers = new RecordHeaders();

    byte[] bytes = serde.serialize(topic.name(), headers, value);

    assertThat(serde.deserialize(topic.name(), headers, bytes)).isEqualTo(value);
    assertThat(serde.deserialize(topic.name(), bytes)).isEqualTo(value);
    assertThat(serde.toBytes(value)).isEqualTo(bytes);
  }

  @Test
  void refusesARecordThatIsTooLargeWhereItIsWritten() {
    var serde = Topics.parkedOf(Topics.MESSAGES).serde();

    assertThatThrownBy(() -> serde.toBytes(parked(CrewSerde.LARGEST_RECORD)))
        .isInstanceOf(WireFailure.class)
        .hasMessageContaining("crew.messages.parked")
        .hasMessageContaining("524288 are allowed");
    assertThat(serde.toBytes(parked(CrewSerde.LARGEST_RECORD / 2))).isNotEmpty();
  }

  private static Parked parked(int size) {
    return new Parked(
        new LogPosition("crew.messages", 0, 0),
        "test",
        "too_large",
        "cause",
        null,
        Bytes.of(new byte[size]),
        Map.of(),
        Instant.EPOCH);
  }

  @Test
  void saysWhatIsWrongWithBytesThatAreNotOurs() {
    var serde = Topics.TICKS.serde();

    assertThatThrownBy(() -> serde.fromBytes("{\"json\":true}".getBytes(US_ASCII), null))
        .isInstanceOf(WireFailure.class)
        .hasMessageContaining("does not begin with the wire format's header");
    assertThatThrownBy(() -> serde.fromBytes(new byte[] {0, 0, 0, 99, 99, 1}, null))
        .isInstanceOf(WireFailure.class)
        .hasMessageContaining("unknown schema 25443");
    assertThatThrownBy(() -> serde.fromBytes(new byte[] {0, 0, 0, 0, 1, 1}, null))
        .isInstanceOf(WireFailure.class);
  }

  @Test
  void believesTheFingerprintWhenARegistryGaveAnotherId() {
    var serde = Topics.TICKS.serde();
    var tick = new Tick(Instant.ofEpochMilli(7), 3);
    byte[] bytes = serde.toBytes(tick);
    bytes[4] = 99;

    String fingerprint = SchemaBundle.released().current(Tick.class).fingerprint();

    assertThat(serde.fromBytes(bytes, fingerprint)).isEqualTo(tick);
  }

  @Test
  void readsTheTombstoneOfACompactedTopicAsNothing() {
    var serde = Topics.KEYS.serde();
    byte[] nothing = serde.serialize("crew.keys", new RecordHeaders(), null);

    assertThat(nothing).isNull();
    assertThat(serde.deserialize("crew.keys", new RecordHeaders(), nothing)).isNull();
  }
}
