package io.mcpcrew.runtime.kafka;

import io.mcpcrew.schemas.topics.Partitions;
import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.wire.CloudEvents;
import io.mcpcrew.schemas.wire.CrewSerde;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Writes records of one topic: each in its wire format, with its headers, in the partition that
/// its key names.
public final class TopicWriter<T> implements AutoCloseable {
  private final Topic<T> topic;
  private final CrewSerde<T> serde;
  private final KafkaProducer<String, byte[]> producer;
  private final String source;
  private final int partitions;

  /// @param service as it is called in headers and client names: `tool-registry`
  public TopicWriter(KafkaClients clients, Topic<T> topic, String service) {
    this.topic = topic;
    this.serde = topic.serde();
    this.producer = clients.producer(service + "-" + topic.name());
    this.source = "/mcp-crew/" + service;
    this.partitions = clients.settings().partitions();
  }

  /// Completes when all replicas have it.
  ///
  /// @param id names this event; the same id is the same event
  /// @throws io.mcpcrew.schemas.wire.WireFailure when it is larger than a record may be
  public CompletableFuture<Void> write(String key, String id, T value) {
    var headers = new RecordHeaders();
    CloudEvents.mark(headers, id, source, topic.valueType());
    byte[] bytes = serde.serialize(topic.name(), headers, value);
    int partition = Partitions.of(topic, key, partitions);
    var written = new CompletableFuture<Void>();
    var _ =
        producer.send(
            new ProducerRecord<>(topic.name(), partition, key, bytes, headers),
            (_, failure) -> {
              if (failure == null) {
                written.complete(null);
              } else {
                written.completeExceptionally(failure);
              }
            });
    return written;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(3));
  }
}
