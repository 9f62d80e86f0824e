package io.mcpcrew.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.bench.ServiceProcess;
import io.mcpcrew.bench.ShopLog;
import io.mcpcrew.intent.IntentStreamApplication;
import io.mcpcrew.intent.find.Lexicon;
import io.mcpcrew.intent.find.RuleFinder;
import io.mcpcrew.intent.replay.RecordedLog;
import io.mcpcrew.parts.FreePort;
import io.mcpcrew.parts.PartsSettings;
import io.mcpcrew.parts.Progress;
import io.mcpcrew.parts.RealParts;
import io.mcpcrew.parts.Sizing;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.kafka.KafkaSettings;
import io.mcpcrew.runtime.kafka.LogReader;
import io.mcpcrew.runtime.kafka.TopicInstaller;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Claimed;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.Work;
import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.topics.Topics;
import io.mcpcrew.simulation.LogInvariants;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Two instances of intent-stream, each in a process of its own, to be killed again and again while
/// customers write; what is in the log afterwards keeps every invariant and replays to the same
/// hashes.
@SuppressWarnings("NullAway.Init") // each test starts what it needs
abstract class IntentStreamsKilled {
  private static final int PARTITIONS = 6;
  private static final int ACCOUNTS = 24;
  private static final int CONVERSATIONS = 10_000;

  /// Every so many conversations writes a second time.
  private static final int TWICE = 5;

  private static final Duration BETWEEN_KILLS = Duration.ofSeconds(2);

  private final Sizing broker;
  @TempDir private Path folder;
  private RealParts parts;
  private KafkaClients clients;
  private ShopLog log;
  Crew crew;
  private final Instant began = Instant.now();
  final List<ServiceProcess> instances = new ArrayList<>();
  private final Map<ConversationKey, Set<String>> accepted = new HashMap<>();

  /// @param broker how large
  IntentStreamsKilled(Sizing broker) {
    this.broker = broker;
  }

  @BeforeEach
  void start() throws IOException {
    parts =
        RealParts.start(
            PartsSettings.forTests(folder.resolve("parts"))
                .withRedis(false)
                .withMongo(false)
                .withSizing(broker),
            Progress.silent());
    clients =
        new KafkaClients(new KafkaSettings(parts.kafkaBootstrapServers(), PARTITIONS, (short) 1));
    new TopicInstaller(clients.settings()).install();
    log = new ShopLog(clients);
    for (int i = 0; i < ACCOUNTS; i++) {
      log.settle(account(i), Instant.now());
    }
    crew = new Crew();
    for (String name : List.of("one", "two")) {
      int port = FreePort.next();
      instances.add(
          Started.service(
              name,
              IntentStreamApplication.class,
              port,
              Map.of(
                  "platform.kafka.bootstrap-servers",
                  parts.kafkaBootstrapServers(),
                  "platform.kafka.partitions",
                  PARTITIONS,
                  "platform.tokens.keys",
                  folder.resolve("keys"),
                  "platform.tokens.create-missing",
                  true,
                  "intent.state-dir",
                  folder.resolve(name),
                  "intent.address",
                  "127.0.0.1:" + port,
                  "intent.standbys",
                  1,
                  "intent.deadline",
                  "PT10M"),
              folder));
    }
    instances.forEach(ServiceProcess::start);
    instances.forEach(ServiceProcess::awaitReady);
  }

  @AfterEach
  void stop() {
    instances.forEach(ServiceProcess::close);
    crew.close();
    log.close();
    parts.close();
  }

  private static AccountId account(int number) {
    return new AccountId("loja-" + number % ACCOUNTS);
  }

  static ConversationKey conversation(int number) {
    return new ConversationKey(account(number), "chatwoot-" + number);
  }

  /// Concludes every turn with a reply, at once, and hears which replies are released.
  final class Crew implements AutoCloseable {
    final Map<ConversationKey, Instant> turns = new ConcurrentHashMap<>();
    final AtomicInteger lines = new AtomicInteger();
    private final Set<TurnId> open = ConcurrentHashMap.newKeySet();
    private final Set<TurnId> released = ConcurrentHashMap.newKeySet();
    private final KafkaConsumer<String, byte[]> consumer = clients.looseConsumer("crew");
    private final Thread thread = Thread.ofPlatform().daemon().start(this::run);

    private void run() {
      List<TopicPartition> all = new ArrayList<>();
      for (int i = 0; i < PARTITIONS; i++) {
        all.add(new TopicPartition(Topics.TURNS.name(), i));
        all.add(new TopicPartition(Topics.REPLIES.name(), i));
      }
      try (consumer) {
        consumer.assign(all);
        consumer.seekToBeginning(all);
        while (true) {
          consumer
              .poll(Duration.ofMillis(200))
              .forEach(entry -> {
                if (entry.topic().equals(Topics.TURNS.name())) {
                  answer(Topics.TURNS.serde().fromBytes(entry.value(), null));
                } else {
                  released(Topics.REPLIES.serde().fromBytes(entry.value(), null));
                }
              });
        }
      } catch (WakeupException closing) {
        // The test is over.
      }
    }

    /// Topics are not read in one order: a reply may be heard before its turn.
    private void released(ReleasedReply reply) {
      released.add(reply.turn());
      open.remove(reply.turn());
    }

    boolean everyTurnIsReleased() {
      return open.isEmpty();
    }

    private void answer(Turn turn) {
      if (!released.contains(turn.turn())) {
        open.add(turn.turn());
      }
      turns.putIfAbsent(turn.turn().conversation(), Instant.now());
      lines.addAndGet(turn.attempt() == 1 ? turn.messages().size() : 0);
      String key = turn.turn().conversation().toString();
      var claimed = new Claimed(turn.turn(), turn.attempt());
      var concluded =
          new Concluded(
              turn.turn(),
              turn.attempt(),
              OutcomeKind.REPLY,
              List.of(Content.of("Custa R$ %d.".formatted(turn.turn().number()))),
              null,
              "answered",
              List.of());
      log.send(Topics.WORK, key, new Work("a-worker", Instant.now(), claimed));
      log.send(Topics.WORK, key, new Work("a-worker", Instant.now(), concluded));
    }

    @Override
    public void close() {
      consumer.wakeup();
      try {
        thread.join(Duration.ofSeconds(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  void write(int conversation, int number) {
    ConversationKey key = conversation(conversation);
    String text = "quanto custa a furadeira %d?".formatted(number);
    accepted.computeIfAbsent(key, _ -> new HashSet<>()).add(text);
    log.customerWrites(key, number, text, Instant.now());
  }

  /// @param kills who is killed, each time
  void killedWhileCustomersWrite(List<Set<Integer>> kills) throws Exception {
    var dice = new Random(kills.size());
    int each = CONVERSATIONS / kills.size();
    for (int kill = 0; kill < kills.size(); kill++) {
      for (int i = 0; i < each; i++) {
        int number = kill * each + i;
        write(number, 2 * number + 1);
        if (number % TWICE == 0) {
          write(dice.nextInt(number + 1), 2 * number + 2);
        }
      }
      log.flush();
      List<ServiceProcess> next = kills.get(kill).stream().map(instances::get).toList();
      TimeUnit.MILLISECONDS.sleep(dice.nextLong(BETWEEN_KILLS.toMillis()));
      for (ServiceProcess instance : next) {
        instance.kill();
      }
      next.forEach(ServiceProcess::start);
      // Killed at work and not while it starts, or nobody would ever be at work.
      next.forEach(ServiceProcess::awaitReady);
      say("kill %d of %d".formatted(kill + 1, kills.size()));
    }
    int messages = accepted.values().stream().mapToInt(Set::size).sum();
    // After a hundred kills the members of the group need a while to agree on who has what.
    await("all messages are in turns")
        .atMost(Duration.ofMinutes(8))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> crew.lines.get() >= messages);
    say("all messages are in turns");
    // What was answered last is over when its conclusion was read.
    await("all turns are released").atMost(Duration.ofMinutes(1)).until(crew::everyTurnIsReleased);
    say("all turns are released");

    assertThat(
            LogInvariants.broken(
                accepted,
                read(Topics.TURNS),
                read(Topics.REPLIES),
                recorded(),
                new RuleFinder(Lexicon.builtIn())))
        .isEmpty();
    assertThat(read(Topics.parkedOf(Topics.MESSAGES))).isEmpty();
    say("every invariant was looked at");
  }

  private void say(String what) {
    System.out.printf(
        "%5.1f s: %s%n", Duration.between(began, Instant.now()).toMillis() / 1e3, what);
  }

  private List<RecordedLog.Conversation> recorded() {
    List<RecordedLog.Conversation> all = new ArrayList<>();
    try (var reader = new LogReader(clients.settings(), "replay")) {
      var recordedLog = new RecordedLog(reader);
      for (int i = 0; i < ACCOUNTS; i++) {
        all.addAll(recordedLog.read(account(i)));
      }
    }
    return all;
  }

  private <T> List<T> read(Topic<T> topic) {
    var serde = topic.serde();
    List<T> values = new ArrayList<>();
    try (var reader = new LogReader(clients.settings(), "test-reader")) {
      for (int i = 0; i < PARTITIONS; i++) {
        reader.scan(topic, i, entry -> values.add(serde.fromBytes(entry.value(), null)));
      }
    }
    return values;
  }
}
