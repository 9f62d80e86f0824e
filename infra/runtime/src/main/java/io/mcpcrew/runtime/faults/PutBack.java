package io.mcpcrew.runtime.faults;

import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.schemas.Bytes;
import io.mcpcrew.schemas.contract.Parked;
import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/// Puts parked records back to where they came from, each once: the records and the place up to
/// which they were put back are written in one transaction.
public final class PutBack {
  private static final String GROUP = "crew-put-back";
  private static final Duration POLL = Duration.ofMillis(500);

  private final KafkaClients clients;

  public PutBack(KafkaClients clients) {
    this.clients = clients;
  }

  /// A parked record and where it is parked.
  ///
  /// @param offset in the parked topic
  public record Held(String topic, int partition, long offset, Parked record) {
    /// A record that was too large to be kept whole has only its cause left.
    public boolean isWhole() {
      return record.value() != null;
    }
  }

  /// What is parked of a topic and was not put back yet.
  public List<Held> held(Topic<?> topic) {
    Topic<Parked> parked = Topics.parkedOf(topic);
    try (var consumer = clients.consumer("crew-parked", GROUP)) {
      return read(consumer, parked);
    }
  }

  /// Puts all of it back.
  ///
  /// @return the records that were put back; one without its value stays parked and is passed over
  public List<Held> putBack(Topic<?> topic) {
    Topic<Parked> parked = Topics.parkedOf(topic);
    try (var consumer = clients.consumer("crew-put-back", GROUP);
        var producer = clients.transactionalProducer("crew-put-back", GROUP + "-" + topic.name())) {
      List<Held> held = read(consumer, parked);
      if (held.isEmpty()) {
        return held;
      }
      producer.initTransactions();
      producer.beginTransaction();
      List<Held> whole = held.stream().filter(Held::isWhole).toList();
      whole.forEach(each -> send(producer, each));
      producer.sendOffsetsToTransaction(after(held), consumer.groupMetadata());
      producer.commitTransaction();
      return whole;
    }
  }

  private static void send(KafkaProducer<String, byte[]> producer, Held held) {
    Parked record = held.record();
    var headers = new RecordHeaders();
    record.headers().forEach((name, value) -> headers.add(name, value.toArray()));
    headers.add(
        "crew_put_back_from",
        "%s/%d/%d"
            .formatted(held.topic(), held.partition(), held.offset())
            .getBytes(StandardCharsets.UTF_8));
    var _ =
        producer.send(
            new ProducerRecord<>(
                record.origin().topic(),
                record.origin().partition(),
                text(record.key()),
                bytes(record.value()),
                headers));
  }

  private static @Nullable String text(@Nullable Bytes bytes) {
    return bytes == null ? null : new String(bytes.toArray(), StandardCharsets.UTF_8);
  }

  private static byte @Nullable [] bytes(@Nullable Bytes bytes) {
    return bytes == null ? null : bytes.toArray();
  }

  private static Map<TopicPartition, OffsetAndMetadata> after(List<Held> held) {
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    for (Held each : held) {
      positions.put(
          new TopicPartition(each.topic(), each.partition()),
          new OffsetAndMetadata(each.offset() + 1));
    }
    return positions;
  }

  private static List<Held> read(KafkaConsumer<String, byte[]> consumer, Topic<Parked> parked) {
    Set<TopicPartition> partitions =
        consumer.partitionsFor(parked.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .collect(Collectors.toSet());
    consumer.assign(partitions);
    Map<TopicPartition, OffsetAndMetadata> done = consumer.committed(partitions);
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata position = done.get(partition);
      if (position == null) {
        consumer.seekToBeginning(Set.of(partition));
      } else {
        consumer.seek(partition, position.offset());
      }
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    List<Held> held = new ArrayList<>();
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
      consumer.poll(POLL).forEach(entry -> held.add(held(entry, parked)));
    }
    return held;
  }

  private static Held held(ConsumerRecord<String, byte[]> entry, Topic<Parked> parked) {
    return new Held(
        entry.topic(),
        entry.partition(),
        entry.offset(),
        parked.serde().fromBytes(entry.value(), null));
  }
}
