package io.mcpcrew.crew;

import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.KnowledgeType;
import io.mcpcrew.schemas.contract.Observation;
import io.mcpcrew.schemas.contract.SourceClass;
import io.mcpcrew.schemas.contract.Task;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.topics.Partitions;
import io.mcpcrew.schemas.topics.Topics;
import io.mcpcrew.schemas.wire.CloudEvents;
import io.mcpcrew.schemas.wire.CrewSerde;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// What a turn learnt from a system of record, for the tenant's other crews. A reply never waits
/// for it.
final class Learning implements AutoCloseable {
  private static final KnowledgeType PRODUCT = new KnowledgeType("PRODUCT_INFO");
  private static final String SOURCE = "/mcp-crew/crew-workers";

  private final KafkaProducer<String, byte[]> producer;
  private final CrewSerde<Observation> serde = Topics.OBSERVED.serde();
  private final Clock clock;
  private final int partitions;

  Learning(KafkaClients clients, Clock clock, String name) {
    this.producer = clients.producer(name + "-learning");
    this.partitions = clients.settings().partitions();
    this.clock = clock;
  }

  void observe(Turn turn, Task task, List<Map<String, Object>> rows) {
    if (!task.intent().name().startsWith("product.")) {
      return;
    }
    for (Map<String, Object> row : rows) {
      Object code = row.get("code");
      if (code != null && !code.toString().isEmpty()) {
        send(observation(turn, code.toString(), row));
      }
    }
  }

  private Observation observation(Turn turn, String code, Map<String, Object> row) {
    Map<String, String> fields = new TreeMap<>();
    for (String name : List.of("name", "price", "currency", "available")) {
      Object value = row.get(name);
      if (value != null) {
        fields.put(name, value.toString());
      }
    }
    return new Observation(
        turn.turn() + "/" + code,
        turn.turn().account(),
        PRODUCT,
        code,
        null,
        SourceClass.SYSTEM_OF_RECORD,
        turn.turn().toString(),
        Content.of(Objects.requireNonNullElse(row.get("name"), code).toString()),
        fields,
        0.9,
        clock.instant());
  }

  private void send(Observation observation) {
    String key = observation.account() + "/" + observation.type() + "/" + observation.key();
    var headers = new RecordHeaders();
    CloudEvents.mark(headers, observation.observationId(), SOURCE, Observation.class);
    byte[] value = serde.serialize(Topics.OBSERVED.name(), headers, observation);
    int partition = Partitions.of(Topics.OBSERVED, key, partitions);
    var _ =
        producer.send(new ProducerRecord<>(Topics.OBSERVED.name(), partition, key, value, headers));
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
  }
}
