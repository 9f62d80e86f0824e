package io.mcpcrew.bench;

import io.mcpcrew.runtime.kafka.KafkaClients;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/// What the log itself takes: producer, broker, consumer, as many hops as a message has on its way
/// and of its size, and nothing between them.
final class Floor {
  /// messages, turns, work, replies.
  static final int HOPS = 4;

  static final int SIZE = 1_024;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaClients clients;
  private final String run;

  Floor(KafkaClients clients, String run) {
    this.clients = clients;
    this.run = run;
  }

  Measured measure(int hops, Pace pace, int pushed, String name) throws InterruptedException {
    String[] topics = new String[hops];
    for (int i = 0; i < hops; i++) {
      topics[i] = "bench.floor." + run + "." + hops + "." + i;
    }
    BenchTopics.make(clients.settings().bootstrapServers(), topics);
    try (var chain = new Chain(clients, topics)) {
      chain.await(chain.pace(new Pace(500, 2)));
      Latencies times = chain.pace(pace);
      chain.await(times);
      double perSecond = chain.push(pushed);
      return Measured.of(name, perSecond, pace.perSecond(), times, null);
    }
  }

  /// Consumers that hand on what they read, and one that stops the clock.
  private static final class Chain implements AutoCloseable {
    private final KafkaProducer<String, byte[]> producer;
    private final String first;
    private final List<Thread> threads = new ArrayList<>();
    private final List<KafkaConsumer<String, byte[]>> consumers = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicInteger arrived = new AtomicInteger();
    private volatile Latencies times = new Latencies(1);
    private int expected;

    Chain(KafkaClients clients, String[] topics) {
      this.producer = clients.producer("bench-floor");
      this.first = topics[0];
      for (int i = 0; i < topics.length; i++) {
        KafkaConsumer<String, byte[]> consumer = clients.looseConsumer("bench-floor-" + i);
        List<TopicPartition> all =
            consumer.partitionsFor(topics[i]).stream().map(Chain::partition).toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        consumers.add(consumer);
        String next = i + 1 < topics.length ? topics[i + 1] : "";
        threads.add(Thread.ofPlatform().daemon().start(() -> hop(consumer, next)));
      }
    }

    private static TopicPartition partition(PartitionInfo info) {
      return new TopicPartition(info.topic(), info.partition());
    }

    private void hop(KafkaConsumer<String, byte[]> consumer, String next) {
      try (consumer) {
        while (!closed.get()) {
          for (ConsumerRecord<String, byte[]> entry : consumer.poll(Duration.ofMillis(100))) {
            if (next.isEmpty()) {
              times.add(System.nanoTime() - ByteBuffer.wrap(entry.value()).getLong());
              arrived.incrementAndGet();
            } else {
              var _ = producer.send(new ProducerRecord<>(next, entry.key(), entry.value()));
            }
          }
        }
      } catch (WakeupException closing) {
        // The measurement is over.
      }
    }

    Latencies pace(Pace pace) throws InterruptedException {
      times = new Latencies(pace.count());
      begin(pace.count());
      pace.run(this::send);
      return times;
    }

    double push(int count) throws InterruptedException {
      times = new Latencies(count);
      begin(count);
      long began = System.nanoTime();
      Pace.push(count, i -> send(i, System.nanoTime()));
      await(times);
      return count / ((System.nanoTime() - began) / 1e9);
    }

    private void begin(int count) {
      arrived.set(0);
      expected = count;
    }

    private void send(int number, long due) {
      byte[] value = new byte[SIZE];
      ByteBuffer.wrap(value).putLong(due);
      var _ = producer.send(new ProducerRecord<>(first, "key-" + number % 1_000, value));
    }

    void await(Latencies whose) throws InterruptedException {
      Await.until(
          () -> arrived.get() >= expected,
          PATIENCE,
          () -> "only %d of %d records arrived".formatted(whose.count(), expected));
    }

    @Override
    public void close() {
      closed.set(true);
      consumers.forEach(KafkaConsumer::wakeup);
      producer.close(Duration.ofSeconds(2));
    }
  }
}
