package io.mcpcrew.runtime.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Producers and consumers as we measured them best. Values are bytes here: a record that cannot be
/// read must be parked by its reader and not stop the poll, so the serdes work outside the client.
public final class KafkaClients {
  private static final int GATHERING_MILLIS = 5;

  private final KafkaSettings settings;

  public KafkaClients(KafkaSettings settings) {
    this.settings = settings;
  }

  public KafkaSettings settings() {
    return settings;
  }

  /// Idempotent, acknowledged by all replicas, sent at once.
  public KafkaProducer<String, byte[]> producer(String name) {
    return new KafkaProducer<>(
        producerSettings(name), new StringSerializer(), new ByteArraySerializer());
  }

  /// The same for somebody with many small things to say at once, who waits a moment for more of
  /// them: a request costs the broker far more than the records in it.
  public KafkaProducer<String, byte[]> gatheringProducer(String name) {
    Map<String, Object> config = producerSettings(name);
    config.put(ProducerConfig.LINGER_MS_CONFIG, GATHERING_MILLIS);
    return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
  }

  /// Gathers too, for callers who must have an answer within a time: what is not written by then
  /// fails.
  public KafkaProducer<String, byte[]> producer(String name, Duration within) {
    Map<String, Object> config = producerSettings(name);
    int millis = Math.toIntExact(within.toMillis());
    int gathering = Math.min(GATHERING_MILLIS, millis / 2);
    config.put(ProducerConfig.LINGER_MS_CONFIG, gathering);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis - gathering);
    return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
  }

  /// For claims and releases: several records and the offsets that they come from, all or none. The
  /// records wait for each other, because what the broker does for a request of a transaction it
  /// does once then. The short back-off is what makes transactions that follow each other closely
  /// cost nothing.
  public KafkaProducer<String, byte[]> transactionalProducer(String name, String transactionalId) {
    Map<String, Object> config = producerSettings(name);
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 1);
    config.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 2);
    config.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 2);
    return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
  }

  private Map<String, Object> producerSettings(String name) {
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    config.put(ProducerConfig.CLIENT_ID_CONFIG, name);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, settings.compression().label());
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * 1024 * 1024);
    return config;
  }

  /// Reads committed records only, and commits nothing by itself. A process has one in a group.
  public KafkaConsumer<String, byte[]> consumer(String name, String group) {
    return new KafkaConsumer<>(
        groupSettings(name, group), new StringDeserializer(), new ByteArrayDeserializer());
  }

  /// The same for who may hear of things a moment later: what has come by then comes at once.
  public KafkaConsumer<String, byte[]> patientConsumer(String name, String group) {
    Map<String, Object> config = groupSettings(name, group);
    config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 64 * 1024);
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /// Belongs to no group; for views that read a topic from its beginning.
  public KafkaConsumer<String, byte[]> looseConsumer(String name) {
    return new KafkaConsumer<>(
        consumerSettings(name), new StringDeserializer(), new ByteArrayDeserializer());
  }

  /// The same for who reads what is there and does not wait for more. A request that waits at the
  /// end of one partition would hold up the next one, for another.
  public KafkaConsumer<String, byte[]> lookingConsumer(String name) {
    Map<String, Object> config = consumerSettings(name);
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 1);
    return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
  }

  private Map<String, Object> groupSettings(String name, String group) {
    Map<String, Object> config = consumerSettings(name);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    if (!settings.instance().isEmpty()) {
      config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, settings.instance());
    }
    return config;
  }

  private Map<String, Object> consumerSettings(String name) {
    Map<String, Object> config = new HashMap<>();
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, name);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 250);
    // A killed reader's share must be with another within seconds.
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
    config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
    return config;
  }
}
