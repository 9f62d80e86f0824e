package io.mcpcrew.runtime.kafka;

import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.wire.CrewSerde;
import io.mcpcrew.schemas.wire.WireFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a compacted topic says now, read from its beginning and kept up to date. A look is a map
/// look-up; when the broker is away the last known answer stands.
public final class CompactedView<T> implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(CompactedView.class);

  private static final Duration CATCH_UP = Duration.ofSeconds(30);

  private final Topic<T> topic;
  private final CrewSerde<T> serde;
  private final KafkaConsumer<String, byte[]> consumer;
  private final BiConsumer<String, @Nullable T> listener;
  private final Map<String, T> current = new ConcurrentHashMap<>();
  private final Thread reader;
  private volatile boolean caughtUp;
  private volatile boolean closed;

  /// @param listener told of each change in its order, on the view's thread, after the view has it
  public CompactedView(
      KafkaClients clients,
      Topic<T> topic,
      String reader,
      BiConsumer<String, @Nullable T> listener) {
    this.topic = topic;
    this.serde = topic.serde();
    this.consumer = clients.looseConsumer(reader + "-" + topic.name());
    this.listener = listener;
    this.reader = new Thread(this::read, reader + "-view-" + topic.name());
    this.reader.setDaemon(true);
  }

  public void start() {
    reader.start();
  }

  /// True once it has read all that was there when it began.
  public boolean isCaughtUp() {
    return caughtUp;
  }

  /// @throws IllegalStateException when it has not read all within half a minute
  public void awaitCaughtUp() {
    long deadline = System.nanoTime() + CATCH_UP.toNanos();
    while (!caughtUp) {
      if (System.nanoTime() > deadline || closed) {
        throw new IllegalStateException(
            "%s could not be read within %d s".formatted(topic.name(), CATCH_UP.toSeconds()));
      }
      try {
        TimeUnit.MILLISECONDS.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while reading " + topic.name(), e);
      }
    }
  }

  public @Nullable T get(String key) {
    return current.get(key);
  }

  public Map<String, T> all() {
    return Map.copyOf(current);
  }

  private void read() {
    try (consumer) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream().map(CompactedView::partition).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (!closed) {
        consumer.poll(Duration.ofMillis(500)).forEach(this::take);
        if (!caughtUp) {
          caughtUp =
              partitions.stream().allMatch(p -> consumer.position(p) >= ends.getOrDefault(p, 0L));
        }
      }
    } catch (WakeupException closing) {
      // Asked to end.
    } catch (RuntimeException e) {
      // What it says may be old from now on; a service that depends on it is not ready.
      caughtUp = false;
      LOGGER.atError().addKeyValue("topic", topic.name()).setCause(e).log("view stopped");
      throw e;
    }
  }

  private static TopicPartition partition(PartitionInfo info) {
    return new TopicPartition(info.topic(), info.partition());
  }

  private void take(ConsumerRecord<String, byte[]> entry) {
    try {
      T value = serde.deserialize(topic.name(), entry.headers(), entry.value());
      if (value == null) {
        current.remove(entry.key());
      } else {
        current.put(entry.key(), value);
      }
      listener.accept(entry.key(), value);
    } catch (WireFailure unreadable) {
      // What held before stays; a later record of the key mends it.
      LOGGER
          .atWarn()
          .addKeyValue("topic", topic.name())
          .addKeyValue("partition", entry.partition())
          .addKeyValue("offset", entry.offset())
          .log("skipped an unreadable record of a view");
    }
  }

  @Override
  public void close() {
    closed = true;
    if (reader.getState() == Thread.State.NEW) {
      consumer.close();
      return;
    }
    consumer.wakeup();
    try {
      reader.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
