package io.mcpcrew.intent;

import io.mcpcrew.intent.find.Lexicon;
import io.mcpcrew.intent.find.RuleFinder;
import io.mcpcrew.runtime.host.Service;
import io.mcpcrew.runtime.kafka.KafkaSettings;
import io.mcpcrew.runtime.kafka.TopicInstaller;
import io.mcpcrew.runtime.tenant.Tenants;
import io.mcpcrew.runtime.tokens.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the topology.
final class IntentStreamService implements Service {
  private static final Logger LOGGER = LoggerFactory.getLogger(IntentStreamService.class);
  private static final int MOST_NEW_THREADS = 3;

  private final IntentSettings settings;
  private final KafkaSettings kafka;
  private final Tenants tenants;
  private final Tokens tokens;
  private final MeterRegistry meters;
  private final AtomicInteger replaced = new AtomicInteger();
  private @Nullable KafkaStreams streams;
  private @Nullable KafkaStreamsMetrics metrics;

  IntentStreamService(
      IntentSettings settings,
      KafkaSettings kafka,
      Tenants tenants,
      Tokens tokens,
      MeterRegistry meters) {
    this.settings = settings;
    this.kafka = kafka;
    this.tenants = tenants;
    this.tokens = tokens;
    this.meters = meters;
  }

  @Override
  public String name() {
    return "intent-stream";
  }

  @Override
  public void start() {
    new TopicInstaller(kafka).install();
    tenants.start();
    // Without settings every record would be parked; so the topology begins when they are known.
    tenants.awaitCaughtUp();
    var finder = new RuleFinder(Lexicon.builtIn());
    var topology =
        IntentTopology.build(() ->
            new ConversationProcessor(
                tenants::current, finder, settings, kafka.partitions(), tokens::forTurn));
    var running = new KafkaStreams(topology, properties());
    running.setUncaughtExceptionHandler(this::onFailure);
    metrics = new KafkaStreamsMetrics(running);
    metrics.bindTo(meters);
    streams = running;
    running.start();
  }

  private StreamThreadExceptionResponse onFailure(Throwable cause) {
    LOGGER.atError().setCause(cause).log("stream thread failed");
    return replaced.incrementAndGet() <= MOST_NEW_THREADS
        ? StreamThreadExceptionResponse.REPLACE_THREAD
        : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private Properties properties() {
    var p = new Properties();
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
    p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    p.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
    p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) kafka.replication());
    p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 10);
    p.put(StreamsConfig.POLL_MS_CONFIG, 5);
    p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    p.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, 0);
    p.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    p.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
    p.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 2_000);
    p.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    p.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    p.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 2);
    p.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG), 2);
    p.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), 2 * 1024 * 1024);
    return p;
  }

  @Override
  public Health health() {
    KafkaStreams running = streams;
    if (running == null || running.state() != KafkaStreams.State.RUNNING) {
      return Health.notReady(
          running == null ? "not started" : "the streams are " + running.state());
    }
    return Health.working(Map.of("state", running.state().name()));
  }

  @Override
  public void close() {
    if (metrics != null) {
      metrics.close();
    }
    if (streams != null) {
      streams.close(Duration.ofSeconds(5));
    }
    tenants.close();
  }
}
