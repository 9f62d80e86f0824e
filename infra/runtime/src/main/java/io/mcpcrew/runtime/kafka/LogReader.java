package io.mcpcrew.runtime.kafka;

import io.mcpcrew.schemas.topics.Partitions;
import io.mcpcrew.schemas.topics.Topic;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Looks into the log and leaves no trace there: committed records only, in no group, so that there
/// is no place it could commit, and with nothing that could write. Every look ends at what was the
/// end when it began.
public final class LogReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);

  /// A look that has read nothing for so long is given up.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// Records between two wanted ones that are read over rather than sought past.
  private static final long NEAR = 2_000;

  private final KafkaConsumer<String, byte[]> consumer;

  public LogReader(KafkaSettings settings, String name) {
    this.consumer = new KafkaClients(settings).lookingConsumer(name);
  }

  /// Where the records of an account lie, by the topic's real number of partitions.
  ///
  /// @param key of any of its records
  public int partition(Topic<?> topic, String key) {
    return Partitions.of(topic, key, consumer.partitionsFor(topic.name()).size());
  }

  public int partitions(Topic<?> topic) {
    return consumer.partitionsFor(topic.name()).size();
  }

  /// From the beginning to the end.
  ///
  /// @throws IllegalStateException when the log does not answer
  public void scan(Topic<?> topic, int partition, Consumer<ConsumerRecord<String, byte[]>> reader) {
    var from = new TopicPartition(topic.name(), partition);
    consumer.assign(List.of(from));
    consumer.seekToBeginning(List.of(from));
    long end = end(from);
    long heardAt = System.nanoTime();
    while (consumer.position(from) < end) {
      for (ConsumerRecord<String, byte[]> entry : consumer.poll(POLL)) {
        heardAt = System.nanoTime();
        if (entry.offset() < end) {
          reader.accept(entry);
        }
      }
      checkPatience(from, heardAt);
    }
  }

  /// Those at the given offsets, as far as they are still there.
  ///
  /// @throws IllegalStateException when the log does not answer
  public void read(
      Topic<?> topic,
      int partition,
      NavigableSet<Long> offsets,
      Consumer<ConsumerRecord<String, byte[]>> reader) {
    if (offsets.isEmpty()) {
      return;
    }
    var from = new TopicPartition(topic.name(), partition);
    consumer.assign(List.of(from));
    long end = Math.min(end(from), offsets.last() + 1);
    Long next = offsets.ceiling(beginning(from));
    while (next != null && next < end) {
      consumer.seek(from, next);
      next = readOn(from, next, end, offsets, reader);
    }
  }

  /// Reads until the next wanted one is far away; returns that one, or null at the end.
  private @Nullable Long readOn(
      TopicPartition from,
      long first,
      long end,
      NavigableSet<Long> offsets,
      Consumer<ConsumerRecord<String, byte[]>> reader) {
    long heardAt = System.nanoTime();
    Long next = first;
    while (consumer.position(from) < end && next != null) {
      for (ConsumerRecord<String, byte[]> entry : consumer.poll(POLL)) {
        heardAt = System.nanoTime();
        if (offsets.contains(entry.offset())) {
          reader.accept(entry);
        }
      }
      long position = consumer.position(from);
      next = offsets.ceiling(position);
      if (next != null && next - position > NEAR) {
        return next;
      }
      checkPatience(from, heardAt);
    }
    return null;
  }

  private long beginning(TopicPartition from) {
    return consumer.beginningOffsets(List.of(from)).getOrDefault(from, 0L);
  }

  private long end(TopicPartition from) {
    return consumer.endOffsets(List.of(from)).getOrDefault(from, 0L);
  }

  private static void checkPatience(TopicPartition from, long heardAt) {
    if (System.nanoTime() - heardAt > PATIENCE.toNanos()) {
      throw new IllegalStateException(
          "%s could not be read within %d s".formatted(from, PATIENCE.toSeconds()));
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
