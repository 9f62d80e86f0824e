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
import io.mcpcrew.runtime.kafka.RunningStreams;
import io.mcpcrew.runtime.kafka.StreamsSettings;
import io.mcpcrew.runtime.kafka.TopicInstaller;
import io.mcpcrew.runtime.tenant.Tenants;
import io.mcpcrew.runtime.tokens.Tokens;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.TurnId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/// Runs the topology.
final class IntentStreamService implements Service, Conversations {
  private static final Duration TOKEN_OUTLIVES = Duration.ofMinutes(1);
  private static final Duration LAG_EVERY = Duration.ofSeconds(5);

  private final IntentSettings settings;
  private final KafkaClients clients;
  private final KafkaSettings kafka;
  private final Tenants tenants;
  private final Tokens tokens;
  private final Clock clock;
  private final MeterRegistry meters;
  private final Stumbles stumbles = new Stumbles();
  private @Nullable RunningStreams streams;
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
    streams = RunningStreams.start(topology, properties(), this::replaces, meters);
    conversations = new ConversationsInStore(streams.streams(), kafka.partitions());
    lag =
        new LagMeter(
            clients, settings.applicationId(), IntentTopology.INPUTS, meters, clock, LAG_EVERY);
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

  private boolean replaces(Throwable cause) {
    return stumbles.replaces(Thread.currentThread().threadId(), cause, clock.instant());
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
    return RunningStreams.health(streams);
  }

  @Override
  public void close() {
    if (lag != null) {
      lag.close();
    }
    if (streams != null) {
      streams.close();
    }
    tenants.close();
  }
}
