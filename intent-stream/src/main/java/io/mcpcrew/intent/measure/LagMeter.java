package io.mcpcrew.intent.measure;

import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.schemas.topics.Topic;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How long the oldest record that a group has not processed has been lying there, for each of its
/// topics: `crew.intent.lag.age`, in seconds. A number of records says nothing about how long
/// customers wait. Looks every few seconds, beside the group and without being one of it; each
/// instance tells the same, so take the greatest.
public final class LagMeter implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(LagMeter.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final KafkaConsumer<String, byte[]> consumer;
  private final List<Topic<?>> topics;
  private final Clock clock;
  private final Duration every;
  private final Map<String, Double> ages = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "lag");

  /// @param group whose place in the topics is looked at
  public LagMeter(
      KafkaClients clients,
      String group,
      List<Topic<?>> topics,
      MeterRegistry meters,
      Clock clock,
      Duration every) {
    // Names the group to ask for its places; it never joins it and never commits.
    this.consumer = clients.consumer("intent-lag", group);
    this.topics = List.copyOf(topics);
    this.clock = clock;
    this.every = every;
    for (Topic<?> topic : topics) {
      Gauge.builder("crew.intent.lag.age", ages, a -> a.getOrDefault(topic.name(), 0.0))
          .description("age of the oldest record that was not processed yet")
          .baseUnit("seconds")
          .tag("topic", topic.name())
          .register(meters);
    }
    this.thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    try (consumer) {
      do {
        try {
          look();
        } catch (KafkaException away) {
          // The gauges keep what was known; the streams say themselves that Kafka is away.
          LOGGER.atDebug().setCause(away).log("lag was not looked at");
        }
      } while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    Set<TopicPartition> all =
        topics.stream().flatMap(this::partitions).collect(Collectors.toUnmodifiableSet());
    if (!consumer.assignment().equals(all)) {
      consumer.assign(all);
      consumer.pause(all);
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(all);
    Map<String, Instant> oldest = oldest(behind(all, ends), ends);
    for (Topic<?> topic : topics) {
      ages.put(topic.name(), age(oldest.get(topic.name())));
    }
  }

  private Stream<TopicPartition> partitions(Topic<?> topic) {
    return consumer.partitionsFor(topic.name()).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()));
  }

  private double age(@Nullable Instant oldest) {
    return oldest == null
        ? 0
        : Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1000.0);
  }

  /// Partitions with something unread, and from where.
  private Map<TopicPartition, Long> behind(
      Set<TopicPartition> all, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(all, PATIENCE);
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(all);
    Map<TopicPartition, Long> behind = new HashMap<>();
    for (TopicPartition each : all) {
      OffsetAndMetadata place = committed.get(each);
      long begins = beginnings.getOrDefault(each, 0L);
      long next = place == null ? begins : Math.max(begins, place.offset());
      if (next < ends.getOrDefault(each, 0L)) {
        behind.put(each, next);
      }
    }
    return behind;
  }

  /// The first unread record's time of each topic. Behind the last record of a transaction lies its
  /// end, which nobody reads: then nothing comes, and there is nothing unread.
  private Map<String, Instant> oldest(
      Map<TopicPartition, Long> behind, Map<TopicPartition, Long> ends) {
    Map<String, Instant> oldest = new HashMap<>();
    behind.forEach(consumer::seek);
    consumer.resume(behind.keySet());
    Set<TopicPartition> waiting = new HashSet<>(behind.keySet());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!waiting.isEmpty() && System.nanoTime() < deadline) {
      var records = consumer.poll(Duration.ofMillis(100));
      for (TopicPartition each : records.partitions()) {
        Instant at = Instant.ofEpochMilli(records.records(each).getFirst().timestamp());
        if (waiting.remove(each)) {
          oldest.merge(each.topic(), at, (a, b) -> a.isBefore(b) ? a : b);
        }
        consumer.pause(List.of(each));
      }
      waiting.removeIf(each -> consumer.position(each) >= ends.getOrDefault(each, 0L));
    }
    consumer.pause(behind.keySet());
    return oldest;
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(Duration.ofSeconds(3));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
