package io.mcpcrew.crew;

import io.mcpcrew.parts.PartsSettings;
import io.mcpcrew.parts.Progress;
import io.mcpcrew.parts.RealParts;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.kafka.KafkaSettings;
import io.mcpcrew.runtime.kafka.TopicInstaller;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.runtime.tenant.TenantDocuments;
import io.mcpcrew.runtime.tenant.Tenants;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.topics.Partitions;
import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// A real broker with our topics, and what a test writes to it and reads from it.
public final class TestLog implements AutoCloseable {
  private final RealParts parts;
  private final KafkaClients clients;
  private final KafkaProducer<String, byte[]> producer;
  private final Map<String, TopicReader<?>> readers = new HashMap<>();

  private TestLog(RealParts parts) {
    this.parts = parts;
    this.clients = new KafkaClients(new KafkaSettings(parts.kafkaBootstrapServers(), 2, (short) 1));
    new TopicInstaller(clients.settings()).install();
    this.producer = clients.producer("test");
  }

  public static TestLog start(Path folder) {
    var settings = PartsSettings.forTests(folder.resolve("parts"));
    RealParts parts =
        RealParts.start(settings.withRedis(false).withMongo(false), Progress.silent());
    try {
      return new TestLog(parts);
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  public KafkaClients clients() {
    return clients;
  }

  public <T> void write(Topic<T> topic, String key, T value) {
    write(topic, key, topic.serde().toBytes(value), Map.of());
  }

  public void write(Topic<?> topic, String key, byte[] value, Map<String, String> headers) {
    int partition = Partitions.of(topic, key, clients.settings().partitions());
    var entry = new ProducerRecord<>(topic.name(), partition, key, value);
    headers.forEach((name, text) ->
        entry.headers().add(name, text.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    try {
      producer.send(entry).get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("the broker did not take a record of " + topic.name(), e);
    }
  }

  /// Publishes an account's settings and returns them with their version.
  public Tenant settle(AccountId account, String document) {
    Tenant tenant = TenantDocuments.parse(account, document);
    write(
        Topics.TENANTS,
        account + "/" + tenant.version(),
        TenantDocuments.version(tenant, document, "test", Shop.NOON));
    write(
        Topics.TENANTS,
        account + "/" + Tenants.CURRENT,
        TenantDocuments.pointer(tenant, "test", Shop.NOON));
    return tenant;
  }

  /// A record and where it lies.
  public record At<T>(int partition, long offset, T value) {}

  /// All that is committed in a topic now.
  public <T> List<T> read(Topic<T> topic) {
    return readWithPlaces(topic).stream().map(At::value).toList();
  }

  public <T> List<At<T>> readWithPlaces(Topic<T> topic) {
    TopicReader<T> reader = reader(topic);
    return reader.readOn();
  }

  @SuppressWarnings("unchecked") // each topic has a reader of its own values
  private synchronized <T> TopicReader<T> reader(Topic<T> topic) {
    return (TopicReader<T>) readers.computeIfAbsent(topic.name(), _ -> new TopicReader<>(topic));
  }

  /// What was read of a topic, and the consumer that reads on where it was.
  private final class TopicReader<T> {
    private final Topic<T> topic;
    private final KafkaConsumer<String, byte[]> consumer = clients.looseConsumer("test-reader");
    private final List<TopicPartition> partitions = new ArrayList<>();
    private final List<At<T>> values = new ArrayList<>();

    TopicReader(Topic<T> topic) {
      this.topic = topic;
      for (int i = 0; i < clients.settings().partitions(); i++) {
        partitions.add(new TopicPartition(topic.name(), i));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
    }

    /// All that is committed now.
    synchronized List<At<T>> readOn() {
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(100)).forEach(entry -> values.add(at(entry)));
      }
      return List.copyOf(values);
    }

    private At<T> at(ConsumerRecord<String, byte[]> entry) {
      T value = topic.serde().fromBytes(entry.value(), null);
      return new At<>(entry.partition(), entry.offset(), value);
    }
  }

  @Override
  public void close() {
    readers.values().forEach(reader -> reader.consumer.close());
    producer.close(Duration.ofSeconds(2));
    parts.close();
  }
}
