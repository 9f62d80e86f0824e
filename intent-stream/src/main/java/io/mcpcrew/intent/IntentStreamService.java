package io.mcpcrew.intent;

import io.mcpcrew.intent.ask.Conversations;
import io.mcpcrew.intent.find.Lexicon;
import io.mcpcrew.intent.find.RuleFinder;
import io.mcpcrew.intent.find.UnfailingFinder;
import io.mcpcrew.intent.measure.AccountMeters;
import io.mcpcrew.intent.measure.LagMeter;
import io.mcpcrew.runtime.host.Service;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.kafka.KafkaSettings;
import io.mcpcrew.runtime.kafka.StreamsSettings;
import io.mcpcrew.runtime.kafka.TopicInstaller;
import io.mcpcrew.runtime.tenant.Tenants;
import io.mcpcrew.runtime.tokens.Tokens;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.TurnId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the topology.
final class IntentStreamService implements Service, Conversations {
  private static final Duration TOKEN_OUTLIVES = Duration.ofMinutes(1);

  private static final Logger LOGGER = LoggerFactory.getLogger(IntentStreamService.class);
  private static final Duration LAG_EVERY = Duration.ofSeconds(5);

  private final IntentSettings settings;
  private final KafkaClients clients;
  private final KafkaSettings kafka;
  private final Tenants tenants;
  private final Tokens tokens;
  private final Clock clock;
  private final MeterRegistry meters;
  private final Stumbles stumbles = new Stumbles();
  private @Nullable KafkaStreams streams;
  private @Nullable KafkaStreamsMetrics metrics;
  private @Nullable LagMeter lag;
  private volatile @Nullable Conversations conversations;

  IntentStreamService(
      IntentSettings settings,
      KafkaClients clients,
      Tenants tenants,
      Tokens tokens,
      Clock clock,
      MeterRegistry meters) {
    this.settings = settings;
    this.clients = clients;
    this.kafka = clients.settings();
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
    Lexicon lexicon = Lexicon.builtIn();
    var finder = new UnfailingFinder(new RuleFinder(lexicon), lexicon);
    var accountMeters = new AccountMeters(meters, settings.accountsMeasured());
    var topology =
        IntentTopology.build(() ->
            new ConversationProcessor(
                tenants::current,
                tenants::isPaused,
                finder,
                settings,
                kafka.partitions(),
                this::token,
                stumbles,
                accountMeters));
    var running = new KafkaStreams(topology, properties());
    running.setUncaughtExceptionHandler(this::onFailure);
    metrics = new KafkaStreamsMetrics(running);
    metrics.bindTo(meters);
    streams = running;
    conversations = new ConversationsInStore(running, kafka.partitions());
    lag =
        new LagMeter(
            clients, settings.applicationId(), IntentTopology.INPUTS, meters, clock, LAG_EVERY);
    running.start();
    lag.start();
  }

  @Override
  public Answer ask(ConversationKey key) {
    Conversations there = conversations;
    return there == null ? new Answer.NotNow("not started") : there.ask(key);
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
    // Called on the thread that fails.
    return stumbles.replaces(Thread.currentThread().threadId(), cause, clock.instant())
        ? StreamThreadExceptionResponse.REPLACE_THREAD
        : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private Properties properties() {
    Properties all =
        StreamsSettings.of(
            kafka, settings.applicationId(), settings.stateDir(), settings.threads());
    all.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbys());
    if (!settings.address().isEmpty()) {
      all.put(StreamsConfig.APPLICATION_SERVER_CONFIG, settings.address());
    }
    return all;
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
    if (lag != null) {
      lag.close();
    }
    if (metrics != null) {
      metrics.close();
    }
    if (streams != null) {
      streams.close(Duration.ofSeconds(5));
    }
    tenants.close();
  }
}
