package io.mcpcrew.intent.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.intent.TestLog;
import io.mcpcrew.intent.find.IntentFinder;
import io.mcpcrew.intent.find.Lexicon;
import io.mcpcrew.intent.find.RuleFinder;
import io.mcpcrew.intent.replay.Replay.Outcome;
import io.mcpcrew.intent.replay.Replay.Repeated;
import io.mcpcrew.runtime.host.ServiceHost;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.kafka.LogReader;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.Transition;
import io.mcpcrew.schemas.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the service recorded on a real broker, repeated from the log alone.
@Timeout(60)
class ReplayIT {
  private static final ConversationKey ASKED = ConversationKey.of("loja", "chatwoot-1");
  private static final ConversationKey TRACED = ConversationKey.of("loja", "chatwoot-2");
  private static final ConversationKey NEIGHBOUR = ConversationKey.of("loja-2", "chatwoot-1");
  private static final IntentFinder FINDER = new RuleFinder(Lexicon.builtIn());

  private static TestLog log;
  private static ServiceHost host;
  private static AutoCloseable crew;

  @BeforeAll
  @Timeout(120)
  static void converse(@TempDir Path folder) {
    log = TestLog.start(folder);
    log.settle("loja");
    log.settle("loja-2");
    crew = log.crew();
    host = log.serve("intent");
    await().atMost(Duration.ofSeconds(60)).until(host::isReady);
    log.customerWrites(ASKED, 1, "oi");
    log.customerWrites(ASKED, 2, "quanto custa a furadeira?");
    log.customerWrites(NEIGHBOUR, 1, "qual o horário?");
    traced(3, "cadê meu pedido 12345?");
    awaitReplies(3);
    log.customerWrites(ASKED, 4, "obrigado");
    log.customerWrites(ASKED, 5, "quero falar com uma pessoa");
    awaitReplies(4);
  }

  private static void traced(long number, String text) {
    ConversationEvent event =
        io.mcpcrew.intent.Fixtures.event(
            TRACED,
            io.mcpcrew.schemas.contract.EventKind.MESSAGE,
            io.mcpcrew.schemas.contract.Author.CUSTOMER,
            number,
            text,
            io.mcpcrew.schemas.contract.ConversationStatus.PENDING,
            Instant.now());
    log.write(
        Topics.MESSAGES,
        TRACED.toString(),
        Topics.MESSAGES.serde().toBytes(event),
        Map.of("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
  }

  private static void awaitReplies(int count) {
    await().atMost(Duration.ofSeconds(30)).until(() -> log.read(Topics.REPLIES).size() >= count);
  }

  @AfterAll
  static void stop() throws Exception {
    host.close();
    crew.close();
    log.close();
  }

  private static RecordedLog.Conversation recorded(ConversationKey key) {
    try (var reader = new LogReader(log.clients().settings(), "replay")) {
      return new RecordedLog(reader).read(key);
    }
  }

  private static List<Repeated> replayed(RecordedLog.Conversation conversation) {
    return Replay.of(conversation.steps(), step -> conversation.rules(step, FINDER));
  }

  @Test
  void everyConversationComesToTheSameHashes() {
    for (ConversationKey key : List.of(ASKED, TRACED, NEIGHBOUR)) {
      var conversation = recorded(key);

      assertThat(conversation.steps()).as(key.toString()).hasSizeGreaterThan(4);
      assertThat(replayed(conversation))
          .as(key.toString())
          .hasSameSizeAs(conversation.steps())
          .allMatch(step -> step.outcome() instanceof Outcome.Same);
    }
  }

  @Test
  void allOfAnAccountAreReadTogetherAndNothingOfAnother() {
    try (var reader = new LogReader(log.clients().settings(), "replay")) {
      assertThat(new RecordedLog(reader).read(ASKED.account()))
          .extracting(RecordedLog.Conversation::key)
          .containsExactlyInAnyOrder(ASKED, TRACED);
    }
  }

  @Test
  void aConversationThatNeverWasHasNoSteps() {
    assertThat(recorded(ConversationKey.of("loja", "chatwoot-99")).steps()).isEmpty();
    assertThat(recorded(ConversationKey.of("nobody", "chatwoot-1")).steps()).isEmpty();
  }

  @Test
  void aStepThatComesOutOtherwiseIsTheLastAndIsNamed() {
    var conversation = recorded(ASKED);
    List<RecordedStep> falsified =
        conversation.steps().stream()
            .map(step -> step.transition().sequence() == 3 ? withOtherHash(step) : step)
            .toList();

    List<Repeated> steps = Replay.of(falsified, step -> conversation.rules(step, FINDER));

    assertThat(steps).hasSize(3);
    assertThat(steps.getLast().outcome())
        .isEqualTo(new Outcome.Other(conversation.steps().get(2).transition().hashAfter()));
  }

  private static RecordedStep withOtherHash(RecordedStep step) {
    Transition t = step.transition();
    return new RecordedStep(
        new Transition(
            t.conversation(),
            t.sequence(),
            t.input(),
            t.inputKind(),
            t.now(),
            t.stateBefore(),
            t.stateAfter(),
            t.hashBefore(),
            "0000000000000000",
            t.machine(),
            t.settingsVersion(),
            t.turn(),
            t.commands(),
            t.reasons(),
            t.lastSign(),
            t.paused(),
            t.limits(),
            t.finder()),
        step.traceparent(),
        step.heard());
  }

  @Test
  void aConversationWhoseBeginningHasExpiredSaysSo() {
    var conversation = recorded(ASKED);

    List<Repeated> steps =
        Replay.of(
            conversation.steps().subList(2, conversation.steps().size()),
            step -> conversation.rules(step, FINDER));

    assertThat(steps).hasSize(1);
    assertThat(steps.getFirst().outcome())
        .isEqualTo(new Outcome.NotRepeatable("what came before it is no longer in the log"));
  }

  @Test
  void otherRulesShowWhichStepsWouldDecideOtherwise() {
    var conversation = recorded(ASKED);
    var other =
        OtherRules.read(
            "rules.yaml",
            """
            gathering: {gap: PT9S}
            intents:
              - {intent: small.talk, crew: joker, any_of: [furadeira], patterns: []}
            limits: {reply_life: PT1M}
            """);

    List<String> changed =
        replayed(conversation).stream()
            .map(step -> OtherRules.differences(step, other, conversation))
            .filter(lines -> !lines.isEmpty())
            .flatMap(List::stream)
            .toList();

    assertThat(changed)
        .anyMatch(line -> line.startsWith("state.phase.closesAt"))
        .anyMatch(line -> line.contains("small.talk"))
        .anyMatch(line -> line.contains("expiresAt") || line.contains("until"));
  }

  @Test
  void lookingLeavesNoTraceInTheLogAndHasNoPlaceToCommitTo() throws Exception {
    Map<TopicPartition, Long> before = ends();

    replayed(recorded(ASKED));

    assertThat(ends()).isEqualTo(before);
    try (var consumer = new KafkaClients(log.clients().settings()).looseConsumer("replay")) {
      consumer.assign(List.of(new TopicPartition(Topics.TRANSITIONS.name(), 0)));
      assertThatThrownBy(consumer::commitSync).isInstanceOf(InvalidGroupIdException.class);
    }
  }

  private static Map<TopicPartition, Long> ends() throws Exception {
    Map<String, Object> config =
        Map.of("bootstrap.servers", log.clients().settings().bootstrapServers());
    try (Admin admin = Admin.create(config)) {
      Map<TopicPartition, OffsetSpec> all = new HashMap<>();
      Topics.installed()
          .filter(topic -> !topic.equals(Topics.TICKS))
          .forEach(topic -> {
            for (int i = 0; i < TestLog.PARTITIONS; i++) {
              all.put(new TopicPartition(topic.name(), i), OffsetSpec.latest());
            }
          });
      Map<TopicPartition, Long> ends = new HashMap<>();
      admin
          .listOffsets(all)
          .all()
          .get(10, TimeUnit.SECONDS)
          .forEach((partition, end) -> ends.put(partition, end.offset()));
      return ends;
    }
  }
}
