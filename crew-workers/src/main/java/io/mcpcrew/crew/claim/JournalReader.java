package io.mcpcrew.crew.claim;

import io.mcpcrew.crew.protocol.EarlierAttempts;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.JournalRange;
import io.mcpcrew.schemas.contract.Work;
import io.mcpcrew.schemas.topics.Topics;
import io.mcpcrew.schemas.wire.CrewSerde;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// Reads what earlier attempts of a turn left in `crew.work`, from the first claim to the fence and
/// not an entry further.
public final class JournalReader {
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final KafkaClients clients;
  private final String name;
  private final CrewSerde<Work> serde = Topics.WORK.serde();

  public JournalReader(KafkaClients clients, String name) {
    this.clients = clients;
    this.name = name;
  }

  /// @throws IllegalStateException when the log does not give it in time
  public void read(TurnId turn, JournalRange journal, EarlierAttempts earlier) {
    var partition = new TopicPartition(Topics.WORK.name(), journal.partition());
    String key = turn.conversation().toString();
    long deadline = System.nanoTime() + LONGEST.toNanos();
    try (KafkaConsumer<String, byte[]> consumer = clients.looseConsumer(name + "-journal")) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, journal.fromOffset());
      while (consumer.position(partition, LONGEST) <= journal.fenceOffset()) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("the journal of " + turn + " could not be read in time");
        }
        for (ConsumerRecord<String, byte[]> entry : consumer.poll(Duration.ofMillis(250))) {
          if (entry.offset() <= journal.fenceOffset() && key.equals(entry.key())) {
            Work said = serde.deserialize(entry.topic(), entry.headers(), entry.value());
            if (said != null) {
              earlier.hear(said);
            }
          }
        }
      }
    }
  }
}
