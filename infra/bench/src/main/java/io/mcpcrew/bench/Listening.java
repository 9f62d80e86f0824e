package io.mcpcrew.bench;

import io.mcpcrew.runtime.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/// Hears every committed record of a topic, on a thread of its own, from now on.
final class Listening implements AutoCloseable {
  private final KafkaConsumer<String, byte[]> consumer;
  private final Consumer<ConsumerRecord<String, byte[]>> ear;
  private final Thread thread;

  /// Returns when nothing that is written later is missed.
  Listening(
      KafkaClients clients,
      String name,
      String topic,
      Consumer<ConsumerRecord<String, byte[]>> ear) {
    this.consumer = clients.looseConsumer(name);
    this.ear = ear;
    List<TopicPartition> all =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(all);
    consumer.seekToEnd(all);
    all.forEach(consumer::position);
    this.thread = Thread.ofPlatform().daemon().name(name).start(this::hear);
  }

  private void hear() {
    try (consumer) {
      while (true) {
        consumer.poll(Duration.ofMillis(100)).forEach(ear);
      }
    } catch (WakeupException closing) {
      // The measurement is over.
    }
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
