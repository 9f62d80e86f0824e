package io.mcpcrew.runtime.kafka;

import io.mcpcrew.runtime.host.Service.Health;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A topology at work, measured until it is closed.
public final class RunningStreams implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(RunningStreams.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final KafkaStreams streams;
  private final KafkaStreamsMetrics metrics;

  /// Whether another thread takes the place of one that has failed; if none does, the topology
  /// ends.
  @FunctionalInterface
  public interface Replacing {
    /// Called on the thread that fails.
    boolean replaces(Throwable cause);
  }

  private RunningStreams(KafkaStreams streams, MeterRegistry meters) {
    this.streams = streams;
    this.metrics = new KafkaStreamsMetrics(streams);
    metrics.bindTo(meters);
  }

  public static RunningStreams start(
      Topology topology, Properties properties, Replacing replacing, MeterRegistry meters) {
    var streams = new KafkaStreams(topology, properties);
    streams.setUncaughtExceptionHandler(cause -> {
      LOGGER.atError().setCause(cause).log("stream thread failed");
      return replacing.replaces(cause)
          ? StreamThreadExceptionResponse.REPLACE_THREAD
          : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    });
    var running = new RunningStreams(streams, meters);
    streams.start();
    return running;
  }

  public KafkaStreams streams() {
    return streams;
  }

  public static Health health(@Nullable RunningStreams running) {
    if (running == null) {
      return Health.notReady("not started");
    }
    KafkaStreams.State state = running.streams.state();
    return state == KafkaStreams.State.RUNNING
        ? Health.working(Map.of("state", state.name()))
        : Health.notReady("the streams are " + state);
  }

  @Override
  public void close() {
    metrics.close();
    streams.close(PATIENCE);
  }
}
