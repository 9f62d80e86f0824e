package io.mcpcrew.knowledge;

import io.mcpcrew.runtime.host.Service;
import io.mcpcrew.runtime.kafka.KafkaSettings;
import io.mcpcrew.runtime.kafka.RunningStreams;
import io.mcpcrew.runtime.kafka.StreamsSettings;
import io.mcpcrew.runtime.kafka.TopicInstaller;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/// Runs the topology.
final class KnowledgeStreamService implements Service {
  private static final int MOST_NEW_THREADS = 3;

  private static final int REST_MILLIS = 100;

  private final KnowledgeSettings settings;
  private final KafkaSettings kafka;
  private final MeterRegistry meters;
  private final AtomicInteger replaced = new AtomicInteger();
  private @Nullable RunningStreams streams;

  KnowledgeStreamService(KnowledgeSettings settings, KafkaSettings kafka, MeterRegistry meters) {
    this.settings = settings;
    this.kafka = kafka;
    this.meters = meters;
  }

  @Override
  public String name() {
    return "knowledge-stream";
  }

  @Override
  public void start() {
    new TopicInstaller(kafka).install();
    var topology =
        KnowledgeTopology.build(() -> new KnowledgeProcessor(settings, kafka.partitions(), meters));
    streams =
        RunningStreams.start(
            topology, properties(), _ -> replaced.incrementAndGet() <= MOST_NEW_THREADS, meters);
  }

  /// Nobody waits for what was learned: commits are further apart, and a thread without work sleeps
  /// longer than one that a customer waits for.
  private Properties properties() {
    Properties all =
        StreamsSettings.of(
            kafka, settings.applicationId(), settings.stateDir(), settings.threads());
    all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, REST_MILLIS);
    all.put(StreamsConfig.POLL_MS_CONFIG, REST_MILLIS);
    return all;
  }

  @Override
  public Health health() {
    return RunningStreams.health(streams);
  }

  @Override
  public void close() {
    if (streams != null) {
      streams.close();
    }
  }
}
