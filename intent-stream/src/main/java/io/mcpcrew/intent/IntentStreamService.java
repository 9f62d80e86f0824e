package io.mcpcrew.intent;

import io.mcpcrew.intent.find.Lexicon;
import io.mcpcrew.intent.find.RuleFinder;
import io.mcpcrew.runtime.host.Service;
import io.mcpcrew.runtime.kafka.KafkaSettings;
import io.mcpcrew.runtime.kafka.StreamsSettings;
import io.mcpcrew.runtime.kafka.TopicInstaller;
import io.mcpcrew.runtime.tenant.Tenants;
import io.mcpcrew.runtime.tokens.Tokens;
import io.mcpcrew.schemas.TurnId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the topology.
final class IntentStreamService implements Service {
  private static final Duration TOKEN_OUTLIVES = Duration.ofMinutes(1);

  private static final Logger LOGGER = LoggerFactory.getLogger(IntentStreamService.class);
  private static final int MOST_NEW_THREADS = 3;

  private final IntentSettings settings;
  private final KafkaSettings kafka;
  private final Tenants tenants;
  private final Tokens tokens;
  private final Clock clock;
  private final MeterRegistry meters;
  private final AtomicInteger replaced = new AtomicInteger();
  private @Nullable KafkaStreams streams;
  private @Nullable KafkaStreamsMetrics metrics;

  IntentStreamService(
      IntentSettings settings,
      KafkaSettings kafka,
      Tenants tenants,
      Tokens tokens,
      Clock clock,
      MeterRegistry meters) {
    this.settings = settings;
    this.kafka = kafka;
    this.tenants = tenants;
    this.tokens = tokens;
    this.clock = clock;
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
                tenants::current,
                tenants::isPaused,
                finder,
                settings,
                kafka.partitions(),
                this::token));
    var running = new KafkaStreams(topology, properties());
    running.setUncaughtExceptionHandler(this::onFailure);
    metrics = new KafkaStreamsMetrics(running);
    metrics.bindTo(meters);
    streams = running;
    running.start();
  }

  /// Good until a minute after the turn's deadline. Behind an outage the log's time is long past,
  /// so from now on at least as long as any turn may take.
  private String token(TurnId turn, Instant deadline) {
    Instant fromNow = clock.instant().plus(settings.deadline());
    Instant latest = deadline.isAfter(fromNow) ? deadline : fromNow;
    return tokens.forTurn(turn, latest.plus(TOKEN_OUTLIVES));
  }

  private StreamThreadExceptionResponse onFailure(Throwable cause) {
    LOGGER.atError().setCause(cause).log("stream thread failed");
    return replaced.incrementAndGet() <= MOST_NEW_THREADS
        ? StreamThreadExceptionResponse.REPLACE_THREAD
        : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private Properties properties() {
    return StreamsSettings.of(
        kafka, settings.applicationId(), settings.stateDir(), settings.threads());
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
