package io.mcpcrew.bench;

import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.kafka.StreamsSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/// The four hops of a message with the same guarantees and settings as ours, and nothing else:
/// message → state and turn, exactly once → claim in a transaction, wait, outcome → state and
/// reply, exactly once → reader. What the platform takes more is its own.
final class BarePipeline implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String STATES = "states";
  private static final String TO_TURNS = "to-turns";
  private static final String TO_REPLIES = "to-replies";
  private static final byte[] CLAIM = {1};

  private final String messages;
  private final String turns;
  private final String work;
  private final int waitMillis;
  private final KafkaStreams streams;
  private final KafkaProducer<String, byte[]> producer;
  private final KafkaProducer<String, byte[]> claims;
  private final KafkaConsumer<String, byte[]> taking;
  private final Listening replies;
  private final Thread claiming;
  private final AtomicInteger arrived = new AtomicInteger();
  private volatile Latencies times = new Latencies(1);
  private volatile boolean closed;
  private int next;

  /// @param waitMillis how long the worker waits for each, as for a tool
  BarePipeline(KafkaClients clients, String run, Path state, int waitMillis)
      throws InterruptedException, IOException {
    String name = "bench.pipeline." + run;
    this.messages = name + ".messages";
    this.turns = name + ".turns";
    this.work = name + ".work";
    String answers = name + ".replies";
    this.waitMillis = waitMillis;
    BenchTopics.make(clients.settings().bootstrapServers(), messages, turns, work, answers);
    Files.createDirectories(state);
    this.streams =
        new KafkaStreams(topology(answers), StreamsSettings.of(clients.settings(), name, state, 1));
    this.producer = clients.producer("bench-pipeline");
    this.claims = clients.transactionalProducer("bench-pipeline-claims", name);
    claims.initTransactions();
    this.taking = clients.consumer("bench-pipeline-taking", name + ".workers");
    this.replies = new Listening(clients, "bench-pipeline-replies", answers, this::arrived);
    this.claiming = Thread.ofPlatform().daemon().start(this::take);
    streams.start();
    Await.until(
        () -> streams.state() == KafkaStreams.State.RUNNING, PATIENCE, () -> "streams not running");
  }

  Measured measure(Pace pace, String name) throws InterruptedException {
    Latencies measured = Rounds.median(pace, this::paced);
    return Measured.of(name, null, pace.perSecond(), measured, null);
  }

  private Latencies paced(Pace pace) throws InterruptedException {
    Latencies mine = new Latencies(pace.count());
    times = mine;
    arrived.set(0);
    int first = next;
    next += pace.count();
    pace.run((number, due) -> {
      byte[] value = new byte[Floor.SIZE];
      ByteBuffer.wrap(value).putLong(due);
      var _ = producer.send(new ProducerRecord<>(messages, "key-" + (first + number), value));
    });
    Await.until(
        () -> arrived.get() >= pace.count(),
        PATIENCE,
        () -> "only %d of %d records came through".formatted(arrived.get(), pace.count()));
    return mine;
  }

  private Topology topology(String answers) {
    var topology = new Topology();
    topology.addSource(
        "from-messages", new StringDeserializer(), new ByteArrayDeserializer(), messages);
    topology.addSource("from-work", new StringDeserializer(), new ByteArrayDeserializer(), work);
    topology.addProcessor("state", Keeping::new, "from-messages", "from-work");
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(STATES), Serdes.String(), Serdes.ByteArray()),
        "state");
    topology.addSink(TO_TURNS, turns, new StringSerializer(), new ByteArraySerializer(), "state");
    topology.addSink(
        TO_REPLIES, answers, new StringSerializer(), new ByteArraySerializer(), "state");
    return topology;
  }

  /// Keeps what it hears and hands it on: messages to workers, outcomes to the reader.
  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
  private final class Keeping implements Processor<String, byte[], String, byte[]> {
    private ProcessorContext<String, byte[]> context;
    private KeyValueStore<String, byte[]> states;

    @Override
    public void init(ProcessorContext<String, byte[]> streams) {
      context = streams;
      states = streams.getStateStore(STATES);
    }

    @Override
    public void process(Record<String, byte[]> entry) {
      if (entry.value().length > CLAIM.length) {
        boolean isMessage = context.recordMetadata().orElseThrow().topic().equals(messages);
        states.put(entry.key(), entry.value());
        context.forward(entry, isMessage ? TO_TURNS : TO_REPLIES);
      }
    }
  }

  private void take() {
    try (taking) {
      taking.subscribe(List.of(turns));
      while (!closed) {
        ConsumerRecords<String, byte[]> records = taking.poll(Duration.ofMillis(100));
        if (!records.isEmpty()) {
          claim(records);
          records.forEach(turn -> Thread.ofVirtual().start(() -> conclude(turn)));
        }
      }
    } catch (WakeupException closing) {
      // The measurement is over.
    }
  }

  private void claim(ConsumerRecords<String, byte[]> records) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    claims.beginTransaction();
    for (ConsumerRecord<String, byte[]> turn : records) {
      var _ = claims.send(new ProducerRecord<>(work, turn.key(), CLAIM));
      offsets.put(
          new TopicPartition(turn.topic(), turn.partition()),
          new OffsetAndMetadata(turn.offset() + 1));
    }
    claims.sendOffsetsToTransaction(offsets, taking.groupMetadata());
    claims.commitTransaction();
  }

  private void conclude(ConsumerRecord<String, byte[]> turn) {
    try {
      Thread.sleep(waitMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    var _ = producer.send(new ProducerRecord<>(work, turn.key(), turn.value()));
  }

  private void arrived(ConsumerRecord<String, byte[]> reply) {
    times.add(System.nanoTime() - ByteBuffer.wrap(reply.value()).getLong());
    arrived.incrementAndGet();
  }

  @Override
  public void close() {
    closed = true;
    replies.close();
    taking.wakeup();
    try {
      claiming.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    streams.close(Duration.ofSeconds(10));
    claims.close(Duration.ofSeconds(2));
    producer.close(Duration.ofSeconds(2));
  }
}
