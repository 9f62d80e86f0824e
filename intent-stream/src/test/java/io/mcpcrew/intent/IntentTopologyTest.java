package io.mcpcrew.intent;

import static io.mcpcrew.intent.Fixtures.CONVERSATION;
import static io.mcpcrew.intent.Fixtures.NOON;
import static io.mcpcrew.intent.Fixtures.customerWrites;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.intent.find.Lexicon;
import io.mcpcrew.intent.find.RuleFinder;
import io.mcpcrew.intent.measure.AccountMeters;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.Alive;
import io.mcpcrew.schemas.contract.AuditEntry;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.Claimed;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.Decision;
import io.mcpcrew.schemas.contract.DecisionKind;
import io.mcpcrew.schemas.contract.Delivery;
import io.mcpcrew.schemas.contract.DeliveryStatus;
import io.mcpcrew.schemas.contract.EventKind;
import io.mcpcrew.schemas.contract.Gone;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.Parked;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.contract.Transition;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.WantedWrite;
import io.mcpcrew.schemas.contract.Work;
import io.mcpcrew.schemas.contract.WorkEvent;
import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.topics.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntentTopologyTest {
  private static final Path PICTURE = Path.of("docs/topology.txt");

  @TempDir private Path stateDir;
  private TopologyTestDriver driver;
  private TestInputTopic<String, byte[]> messages;
  private TestInputTopic<String, byte[]> work;
  private TestOutputTopic<String, Turn> turns;
  private TestOutputTopic<String, Transition> transitions;
  private TestOutputTopic<String, Parked> parked;

  @BeforeEach
  @SuppressWarnings("NullAway.Init") // the driver is made here
  void start() {
    var settings = settings();
    driver = new TopologyTestDriver(topology(settings), properties(), NOON);
    messages =
        driver.createInputTopic(
            Topics.MESSAGES.name(), new StringSerializer(), new ByteArraySerializer());
    work =
        driver.createInputTopic(
            Topics.WORK.name(), new StringSerializer(), new ByteArraySerializer());
    turns = output(Topics.TURNS);
    transitions = output(Topics.TRANSITIONS);
    parked = output(Topics.parkedOf(Topics.MESSAGES));
  }

  private final Set<AccountId> paused = ConcurrentHashMap.newKeySet();

  @AfterEach
  void stop() {
    driver.close();
  }

  private IntentSettings settings() {
    return new IntentSettings(
        "test",
        stateDir,
        1,
        Duration.ofMillis(50),
        Duration.ofSeconds(6),
        Duration.ofSeconds(90),
        4,
        12,
        Duration.ofSeconds(1),
        200,
        Duration.ofMinutes(10),
        Duration.ofDays(30),
        "",
        0,
        50);
  }

  private Topology topology(IntentSettings settings) {
    return IntentTopology.build(() ->
        new ConversationProcessor(
            account ->
                account.equals(new AccountId("loja"))
                    ? Optional.of(Fixtures.aShop())
                    : Optional.empty(),
            paused::contains,
            new RuleFinder(Lexicon.builtIn()),
            settings,
            1,
            (turn, _) -> "token of " + turn,
            new Stumbles(),
            new AccountMeters(new SimpleMeterRegistry(), 1)));
  }

  private Properties properties() {
    var p = new Properties();
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    p.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    return p;
  }

  private <T> TestOutputTopic<String, T> output(Topic<T> topic) {
    return driver.createOutputTopic(topic.name(), new StringDeserializer(), topic.serde());
  }

  @Test
  void messagesBecomeATurnWhenTimeHasPassedInTheLog() {
    write(
        "loja/chatwoot-7",
        Topics.MESSAGES.serde().toBytes(customerWrites(1, "quanto custa a furadeira?")));
    assertThat(turns.isEmpty()).isTrue();

    driver.advanceWallClockTime(Duration.ofSeconds(1));

    var entry = turns.readRecord();
    assertThat(entry.key()).isEqualTo("loja/chatwoot-7");
    assertThat(entry.value().tasks().getFirst().crew()).isEqualTo("sales");
    assertThat(
            new String(
                entry.headers().lastHeader("crew_turn_token").value(),
                java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("token of loja/chatwoot-7#1");
  }

  @Test
  void everyTransitionSaysWhatItComesFromAndChainsToTheOneBefore() {
    write(
        "loja/chatwoot-7",
        Topics.MESSAGES.serde().toBytes(customerWrites(1, "quanto custa a furadeira?")));
    driver.advanceWallClockTime(Duration.ofSeconds(1));

    List<Transition> steps = transitions.readValuesToList();
    assertThat(steps).hasSize(3);
    assertThat(steps.get(0).conversation()).isEqualTo(CONVERSATION);
    assertThat(steps.get(0).stateBefore()).isEqualTo("New");
    assertThat(steps.get(1).hashBefore()).isEqualTo(steps.get(0).hashAfter());
    assertThat(steps.get(1).input().topic()).isEqualTo("crew.ticks");
    assertThat(steps.get(1).stateAfter()).isEqualTo("Waiting");
    assertThat(steps.get(2).input())
        .as("a free place is given at once")
        .isEqualTo(steps.get(1).input());
    assertThat(steps.get(2).hashBefore()).isEqualTo(steps.get(1).hashAfter());
    assertThat(steps.get(2).commands()).containsExactly("Hand");
  }

  @Test
  void aSilentWorkersTurnIsHandedOnWhenTheFenceIsReadBack() {
    write(
        "loja/chatwoot-7",
        Topics.MESSAGES.serde().toBytes(customerWrites(1, "quanto custa a furadeira?")));
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    Turn first = turns.readValue();
    var claimed = new Work("w", NOON, new Claimed(first.turn(), 1));
    work.pipeInput("loja/chatwoot-7", Topics.WORK.serde().toBytes(claimed), NOON.plusSeconds(1));

    driver.advanceWallClockTime(Duration.ofSeconds(9));

    Turn second = turns.readValue();
    assertThat(second.turn()).isEqualTo(first.turn());
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.journal()).isNotNull();
    assertThat(transitions.readValuesToList())
        .anyMatch(t -> t.commands().equals(List.of("Fence")))
        .last()
        .matches(t -> t.input().topic().equals("crew.work"), "decided by what was read back");
  }

  @Test
  void aWorkerThatGivesManySignsKeepsItsTurnUntilItIsSilent() {
    Turn turn = claimed();
    for (int tenths = 10; tenths < 200; tenths++) {
      alive(NOON.plusMillis(tenths * 100L));
      driver.advanceWallClockTime(Duration.ofMillis(100));
    }
    assertThat(turns.isEmpty()).as("three times the lease, and never silent").isTrue();

    driver.advanceWallClockTime(Duration.ofSeconds(9));

    assertThat(turns.readValue()).matches(t -> t.turn().equals(turn.turn()) && t.attempt() == 2);
  }

  @Test
  void aWorkerWhoseClockWasAheadIsMissedAsSoonAsAnother() {
    claimed();
    alive(NOON.plusSeconds(3_600));
    alive(NOON.plusSeconds(2));

    driver.advanceWallClockTime(Duration.ofSeconds(10));

    assertThat(turns.readValue().attempt()).isEqualTo(2);
  }

  @Test
  void whatAWorkerHeldIsHandedOnAtOnceWhenTheLogSaysThatItIsGone() {
    Turn turn = claimed();

    gone("w", NOON.plusSeconds(2));
    alive(NOON.plusMillis(2_100));

    assertThat(turns.readValue()).matches(t -> t.turn().equals(turn.turn()) && t.attempt() == 2);
    assertThat(transitions.readValuesToList())
        .last()
        .matches(t -> t.input().topic().equals("crew.work"), "decided by what was read back");
  }

  @Test
  void whatAnotherWorkerHoldsStaysWithIt() {
    claimed();

    gone("another", NOON.plusSeconds(2));
    driver.advanceWallClockTime(Duration.ofSeconds(5));

    assertThat(turns.isEmpty()).isTrue();
  }

  private void gone(String worker, Instant at) {
    work.pipeInput("~w", Topics.WORK.serde().toBytes(new Work(worker, at, new Gone())), at);
  }

  private Turn claimed() {
    write("loja/chatwoot-7", Topics.MESSAGES.serde().toBytes(customerWrites(1, "oi")));
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    Turn turn = turns.readValue();
    worked(turn, new Claimed(turn.turn(), 1), Duration.ofSeconds(1));
    return turn;
  }

  private void alive(Instant at) {
    work.pipeInput("~w", Topics.WORK.serde().toBytes(new Work("w", at, new Alive(1))), at);
  }

  @Test
  void whatAPauseHeldUpGoesOnWhenItEndsWithoutAnythingElseHappening() {
    paused.add(CONVERSATION.account());
    write("loja/chatwoot-7", Topics.MESSAGES.serde().toBytes(customerWrites(1, "oi")));
    driver.advanceWallClockTime(Duration.ofSeconds(5));
    assertThat(turns.isEmpty()).isTrue();
    assertThat(transitions.readValuesToList()).allMatch(Transition::paused);

    paused.clear();
    driver.advanceWallClockTime(Duration.ofMillis(100));

    assertThat(turns.readValuesToList()).hasSize(1);
    assertThat(transitions.readValuesToList()).noneMatch(Transition::paused);
  }

  @Test
  void aConversationThatIsTooLargeToKeepIsAPersonsAndItsRecordIsParked() {
    String much = "palavra ".repeat(40_000);
    byte[] first = Topics.MESSAGES.serde().toBytes(customerWrites(1, "1 " + much));
    byte[] second = Topics.MESSAGES.serde().toBytes(customerWrites(2, "2 " + much));

    write("loja/chatwoot-7", first);
    write("loja/chatwoot-7", second);
    write("loja/chatwoot-7", Topics.MESSAGES.serde().toBytes(customerWrites(3, "oi?")));
    driver.advanceWallClockTime(Duration.ofMinutes(3));

    assertThat(parked.readValuesToList())
        .singleElement()
        .extracting(Parked::kind)
        .isEqualTo("too_large");
    TestOutputTopic<String, ReleasedReply> replies = output(Topics.REPLIES);
    assertThat(replies.readValuesToList())
        .singleElement()
        .extracting(ReleasedReply::kind)
        .isEqualTo(ReplyKind.HANDOVER);
    assertThat(turns.isEmpty()).isTrue();
    assertThat(transitions.readValuesToList())
        .filteredOn(t -> t.inputKind().equals("TooLarge"))
        .hasSize(1);
  }

  @Test
  void whatAProgramApprovesGoesOnOnceAndIsAudited() {
    write("loja/chatwoot-7", Topics.MESSAGES.serde().toBytes(customerWrites(1, "oi")));
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    Turn turn = turns.readValue();
    worked(turn, new Claimed(turn.turn(), 1), Duration.ofSeconds(1));
    worked(turn, awaitsApproval(turn), Duration.ofSeconds(2));
    TestOutputTopic<String, AuditEntry> audited = output(Topics.AUDIT);
    TestInputTopic<String, byte[]> decisions =
        driver.createInputTopic(
            Topics.DECISIONS.name(), new StringSerializer(), new ByteArraySerializer());
    byte[] approves = Topics.DECISIONS.serde().toBytes(approves(turn));

    decisions.pipeInput("loja/chatwoot-7", approves, NOON.plusSeconds(3));
    decisions.pipeInput("loja/chatwoot-7", approves, NOON.plusSeconds(4));

    List<Turn> handed = turns.readValuesToList();
    assertThat(handed).hasSize(1);
    assertThat(handed.getFirst().attempt()).isEqualTo(2);
    assertThat(handed.getFirst().isApproved("1/write", "hash")).isTrue();
    assertThat(audited.readValuesToList())
        .singleElement()
        .extracting(AuditEntry::actor)
        .isEqualTo("maria");
    assertThat(transitions.readValuesToList())
        .anyMatch(t -> t.inputKind().equals("Decided") && t.stateAfter().equals("Suspended"));
  }

  private static Concluded awaitsApproval(Turn turn) {
    return new Concluded(
        turn.turn(),
        turn.attempt(),
        OutcomeKind.AWAITS_APPROVAL,
        List.of(),
        null,
        "awaits approval",
        List.of(),
        new WantedWrite("1/write", "odoo__lead_create", "hash", "Lead", Content.of("name: Ana")));
  }

  private static Decision approves(Turn turn) {
    return new Decision(
        "d-1",
        turn.turn().conversation(),
        turn.turn(),
        DecisionKind.APPROVED,
        "maria",
        null,
        NOON,
        turn.turn() + "/1/write#hash");
  }

  @Test
  void aReplyThatThePublisherGivesBackIsReleasedAgainAfterThePause() {
    write("loja/chatwoot-7", Topics.MESSAGES.serde().toBytes(customerWrites(1, "oi")));
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    Turn turn = turns.readValue();
    worked(turn, new Claimed(turn.turn(), 1), Duration.ofSeconds(1));
    worked(turn, answer(turn), Duration.ofSeconds(2));
    TestOutputTopic<String, ReleasedReply> replies = output(Topics.REPLIES);
    ReleasedReply first = replies.readValue();

    paused.add(CONVERSATION.account());
    driver
        .createInputTopic(
            Topics.DELIVERIES.name(), new StringSerializer(), new ByteArraySerializer())
        .pipeInput(
            "loja/chatwoot-7",
            Topics.DELIVERIES
                .serde()
                .toBytes(
                    new Delivery(
                        turn.turn(),
                        first.replyKey(),
                        DeliveryStatus.WITHHELD_PAUSED,
                        null,
                        "",
                        NOON,
                        first)),
            NOON.plusSeconds(3));
    paused.clear();
    driver.advanceWallClockTime(Duration.ofMillis(100));

    assertThat(replies.readValue().replyKey()).isEqualTo(first.replyKey());
    assertThat(replies.isEmpty()).isTrue();
  }

  @Test
  void tenMinutesOfOurOwnCauseNoRetryNoApologyAndNoHandover() {
    int conversations = 1_000;
    for (int i = 1; i <= conversations; i++) {
      write(
          "loja/chatwoot-" + i,
          Topics.MESSAGES
              .serde()
              .toBytes(customerWrites(ConversationKey.of("loja", "chatwoot-" + i), 1, "oi")));
    }
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    driver.advanceWallClockTime(Duration.ofMillis(100));
    // All places of the account are taken; those who wait get theirs while answers come in.
    List<Turn> handed = new ArrayList<>(turns.readValuesToList());
    assertThat(handed).hasSize(200);
    for (Turn turn : handed) {
      worked(turn, new Claimed(turn.turn(), 1), Duration.ofSeconds(2));
    }

    // Nobody reads for ten minutes; what workers write meanwhile lies in the log before the next
    // tick.
    int at = 0;
    for (int i = 0; i < handed.size(); i++) {
      Turn turn = handed.get(i);
      if (i >= 200) {
        worked(turn, new Claimed(turn.turn(), 1), Duration.ofMillis(3_000 + at));
      }
      worked(turn, answer(turn), Duration.ofMillis(3_000 + at++ * 590L));
      handed.addAll(turns.readValuesToList());
    }
    driver.advanceWallClockTime(Duration.ofMinutes(10));

    List<ReleasedReply> replies = output(Topics.REPLIES).readValuesToList();
    assertThat(replies).hasSize(conversations).allMatch(r -> r.kind() == ReplyKind.REPLY);
    assertThat(handed).hasSize(conversations).allMatch(turn -> turn.attempt() == 1);
  }

  private void worked(Turn turn, WorkEvent event, Duration after) {
    work.pipeInput(
        turn.turn().conversation().toString(),
        Topics.WORK.serde().toBytes(new Work("w", NOON, event)),
        NOON.plus(after));
  }

  private static Concluded answer(Turn turn) {
    return new Concluded(
        turn.turn(),
        turn.attempt(),
        OutcomeKind.REPLY,
        List.of(Content.of("Olá!")),
        null,
        "test",
        List.of());
  }

  @Test
  void whatCannotBeReadIsParkedWholeAndItsNeighboursGoOn() {
    write("loja/chatwoot-7", "not ours".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    write("loja/chatwoot-7", Topics.MESSAGES.serde().toBytes(customerWrites(1, "oi")));
    driver.advanceWallClockTime(Duration.ofSeconds(1));

    Parked one = parked.readValue();
    assertThat(one.kind()).isEqualTo("undecodable");
    assertThat(one.origin().offset()).isZero();
    assertThat(one.value()).isNotNull();
    assertThat(turns.isEmpty()).isFalse();
  }

  @Test
  void anAccountWithoutSettingsIsParkedAndSeesNothingOfAnother() {
    var foreign = customerWrites(1, "oi");
    write(
        "outra/chatwoot-7",
        Topics.MESSAGES
            .serde()
            .toBytes(
                new io.mcpcrew.schemas.contract.ConversationEvent(
                    foreign.eventId(),
                    io.mcpcrew.schemas.ConversationKey.of("outra", "chatwoot-7"),
                    foreign.kind(),
                    foreign.channelEvent(),
                    foreign.author(),
                    foreign.messageNumber(),
                    foreign.text(),
                    foreign.attachments(),
                    null,
                    foreign.channel(),
                    foreign.inbox(),
                    foreign.facts(),
                    foreign.writtenAt(),
                    foreign.receivedAt(),
                    foreign.deliveredBy())));
    write("loja/chatwoot-7", Topics.MESSAGES.serde().toBytes(customerWrites(1, "oi")));
    driver.advanceWallClockTime(Duration.ofSeconds(1));

    assertThat(parked.readValue().cause()).contains("no settings for account outra");
    assertThat(turns.readValuesToList())
        .hasSize(1)
        .allMatch(t -> t.turn().account().value().equals("loja"));
  }

  @Test
  void aKeyThatIsNotTheEventsAccountIsParked() {
    write("outra/chatwoot-7", Topics.MESSAGES.serde().toBytes(customerWrites(1, "oi")));
    driver.advanceWallClockTime(Duration.ofSeconds(1));

    assertThat(parked.readValue().cause()).contains("key");
    assertThat(turns.isEmpty()).isTrue();
  }

  @Test
  void whoIsNotHeardOfForThirtyDaysLeavesATombstoneAndMayComeBack() {
    write("loja/chatwoot-7", Topics.MESSAGES.serde().toBytes(customerWrites(1, "oi")));
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    Turn first = turns.readValue();
    works(first, new Claimed(first.turn(), 1), NOON.plusSeconds(2));
    works(first, replies(first), NOON.plusSeconds(3));
    assertThat(timers()).as("one, for the day on which it is forgotten").isEqualTo(1);

    driver.advanceWallClockTime(Duration.ofDays(31));

    Transition last = transitions.readValuesToList().getLast();
    assertThat(last.stateAfter()).isEqualTo("Forgotten");
    assertThat(last.hashAfter()).isEmpty();
    assertThat(kept(Drawer.Part.CONVERSATIONS, "loja/chatwoot-7")).isNull();
    assertThat(timers()).isZero();

    Instant later = NOON.plus(Duration.ofDays(31)).plusSeconds(1);
    works(first, replies(first), later);
    assertThat(transitions.isEmpty()).as("what is said of it changes nothing").isTrue();

    messages.pipeInput(
        "loja/chatwoot-7",
        Topics.MESSAGES
            .serde()
            .toBytes(
                Fixtures.event(
                    CONVERSATION,
                    EventKind.MESSAGE,
                    Author.CUSTOMER,
                    9L,
                    "oi de novo",
                    ConversationStatus.PENDING,
                    later)),
        later);
    driver.advanceWallClockTime(Duration.ofSeconds(5));
    assertThat(turns.readValue().turn().number()).isEqualTo(last.sequence() + 1);
    assertThat(transitions.readValue())
        .matches(t -> t.stateBefore().equals("New") && t.hashBefore().isEmpty())
        .matches(t -> t.sequence() == last.sequence() + 1);
  }

  private void works(Turn turn, WorkEvent said, Instant at) {
    work.pipeInput(
        turn.turn().conversation().toString(),
        Topics.WORK.serde().toBytes(new Work("w", at, said)),
        at);
  }

  private static Concluded replies(Turn turn) {
    return new Concluded(
        turn.turn(), 1, OutcomeKind.REPLY, List.of(Content.of("Oi!")), null, "", List.of());
  }

  private byte @Nullable [] kept(Drawer.Part part, String key) {
    return new Drawer(driver.getKeyValueStore(IntentTopology.STORE), part).get(key);
  }

  private int timers() {
    return new Drawer(driver.getKeyValueStore(IntentTopology.STORE), Drawer.Part.TIMERS)
        .keys("", null, 100)
        .size();
  }

  @Test
  void thePictureInTheDocumentationIsTheTopology() throws Exception {
    String now = topology(settings()).describe().toString();
    if (Boolean.getBoolean("mcpcrew.write-docs")) {
      Files.createDirectories(PICTURE.getParent());
      Files.writeString(PICTURE, now);
    }
    assertThat(Files.readString(PICTURE)).isEqualTo(now);
  }

  private void write(String key, byte[] value) {
    messages.pipeInput(key, value, NOON);
  }
}
