package io.mcpcrew.intent;

import io.mcpcrew.schemas.topics.Partitions;
import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.wire.CrewSerde;
import io.mcpcrew.schemas.wire.WireFailure;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/// What a record says, if it can be read and lies where it belongs.
final class Entries {
  private final int partitions;

  /// @param partitions of every topic
  Entries(int partitions) {
    this.partitions = partitions;
  }

  static <T> T read(CrewSerde<T> serde, Record<String, byte[]> entry) {
    T value = serde.deserialize("", entry.headers(), entry.value());
    if (value == null) {
      throw new WireFailure(WireFailure.Kind.UNDECODABLE, "the record has no value");
    }
    return value;
  }

  void checkPlace(Topic<?> topic, String key, RecordMetadata at) {
    // The number of partitions is checked when the service starts; a wrong place is a foreign
    // writer's mistake.
    int expected = Partitions.of(topic, key, partitions);
    if (expected != at.partition()) {
      throw new WireFailure(
          WireFailure.Kind.MISROUTED,
          "partition %d is not the one of its account, %d".formatted(at.partition(), expected));
    }
  }
}
