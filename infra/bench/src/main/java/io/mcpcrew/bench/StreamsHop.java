package io.mcpcrew.bench;

import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.kafka.StreamsSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/// One bare hop through Kafka Streams, exactly once, with the settings that intent-stream has.
final class StreamsHop {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaClients clients;
  private final String run;
  private final Path state;
  private final AtomicInteger arrived = new AtomicInteger();
  private volatile Latencies times = new Latencies(1);

  StreamsHop(KafkaClients clients, String run, Path state) {
    this.clients = clients;
    this.run = run;
    this.state = state;
  }

  Measured measure(Pace pace, int pushed) throws InterruptedException, IOException {
    String in = "bench.hop." + run + ".in";
    String out = "bench.hop." + run + ".out";
    BenchTopics.make(clients.settings().bootstrapServers(), in, out);
    Files.createDirectories(state);
    var builder = new StreamsBuilder();
    builder.stream(in, Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("in"))
        .to(out, Produced.with(Serdes.String(), Serdes.ByteArray()).withName("out"));
    try (var streams = new KafkaStreams(builder.build(), properties());
        var producer = clients.producer("bench-hop");
        var _ = new Listening(clients, "bench-hop", out, this::arrived)) {
      streams.start();
      Await.until(
          () -> streams.state() == KafkaStreams.State.RUNNING,
          PATIENCE,
          () -> "streams not running");
      Latencies measured = Rounds.median(pace, round -> paced(producer, in, round));
      times = new Latencies(pushed);
      arrived.set(0);
      long began = System.nanoTime();
      Pace.push(pushed, i -> send(producer, in, i, System.nanoTime()));
      await(pushed);
      double perSecond = pushed / ((System.nanoTime() - began) / 1e9);
      return Measured.of(
          "one Streams hop, exactly once", perSecond, pace.perSecond(), measured, null);
    }
  }

  private Latencies paced(KafkaProducer<String, byte[]> producer, String in, Pace pace)
      throws InterruptedException {
    Latencies mine = new Latencies(pace.count());
    times = mine;
    arrived.set(0);
    pace.run((number, due) -> send(producer, in, number, due));
    await(pace.count());
    return mine;
  }

  private void await(int expected) throws InterruptedException {
    Await.until(
        () -> arrived.get() >= expected,
        PATIENCE,
        () -> "only %d of %d records came through".formatted(arrived.get(), expected));
  }

  private static void send(
      KafkaProducer<String, byte[]> producer, String topic, int number, long due) {
    byte[] value = new byte[Floor.SIZE];
    ByteBuffer.wrap(value).putLong(due);
    var _ = producer.send(new ProducerRecord<>(topic, "key-" + number % 1_000, value));
  }

  private void arrived(ConsumerRecord<String, byte[]> entry) {
    times.add(System.nanoTime() - ByteBuffer.wrap(entry.value()).getLong());
    arrived.incrementAndGet();
  }

  private Properties properties() {
    return StreamsSettings.of(clients.settings(), "bench-hop-" + run, state, 1);
  }
}
