package io.mcpcrew.intent.conversation;

import static io.mcpcrew.intent.Fixtures.CONVERSATION;
import static io.mcpcrew.intent.Fixtures.NOON;
import static io.mcpcrew.intent.Fixtures.customerWrites;
import static io.mcpcrew.intent.Fixtures.personWrites;
import static io.mcpcrew.intent.Fixtures.statusBecomes;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.intent.Fixtures;
import io.mcpcrew.intent.find.Lexicon;
import io.mcpcrew.intent.find.RuleFinder;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Announced;
import io.mcpcrew.schemas.contract.Answering;
import io.mcpcrew.schemas.contract.Autonomy;
import io.mcpcrew.schemas.contract.BackingOff;
import io.mcpcrew.schemas.contract.Claimed;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.EffectClass;
import io.mcpcrew.schemas.contract.Fenced;
import io.mcpcrew.schemas.contract.Gathering;
import io.mcpcrew.schemas.contract.Gone;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.Work;
import io.mcpcrew.schemas.contract.WorkEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConversationMachineTest {
  private final List<Command> commands = new ArrayList<>();
  private Rules rules =
      new Rules(Fixtures.aShop(), new RuleFinder(Lexicon.builtIn()), Rules.Limits.DEFAULT);
  private final ShelfInMemory shelf = new ShelfInMemory();
  private Instant now = NOON;
  private long workOffset = 100;

  @Test
  void aBurstOfMessagesBecomesOneTurn() {
    hear(customerWrites(1, "oi"));
    pass(Duration.ofMillis(400));
    hear(customerWrites(2, "quanto custa a furadeira?"));
    pass(Duration.ofMillis(599));
    assertThat(phase()).isInstanceOf(Gathering.class);

    pass(Duration.ofMillis(1));

    Turn turn = handed();
    assertThat(turn.messages()).hasSize(2);
    assertThat(turn.tasks().getFirst().intent().name()).isEqualTo("product.info");
    assertThat(turn.turn()).hasToString("loja/chatwoot-7#1");
    assertThat(turn.replyTo()).isEqualTo(2);
    assertThat(turn.settingsVersion()).isEqualTo("v1");
    assertThat(phase()).isInstanceOf(Answering.class);
  }

  @Test
  void whoNeverStopsWritingIsAnsweredAfterTheLongestWait() {
    for (int i = 1; i <= 3; i++) {
      hear(customerWrites(i, "e"));
      pass(Duration.ofMillis(500));
    }
    hear(customerWrites(4, "quarta"));
    pass(Duration.ZERO);

    assertThat(handed().messages()).as("the most messages of one turn").hasSize(4);
  }

  @Test
  void theSameMessageDeliveredThriceIsOneMessage() {
    hear(customerWrites(1, "oi"));
    long sequence = current().sequence();

    hear(customerWrites(1, "oi"));
    hear(customerWrites(1, "oi"));

    assertThat(current().sequence()).isEqualTo(sequence);
    assertThat(current().pending()).hasSize(1);
  }

  @Test
  void aMessageThatIsTooOldIsHistoryAndOpensNoTurn() {
    now = NOON.plus(Duration.ofHours(7));
    hear(customerWrites(1, "quanto custa?"));

    assertThat(phase()).isInstanceOf(Quiet.class);
    assertThat(current().history()).hasSize(1);
    pass(Duration.ofHours(1));
    assertThat(commands).isEmpty();
  }

  @Test
  void aReplyIsReleasedOnceAndOnlyForTheCurrentAttempt() {
    Turn turn = aTurnAtWork("w1");
    conclude(turn, "w1", OutcomeKind.REPLY, "R$ 389,90");
    conclude(turn, "w1", OutcomeKind.REPLY, "R$ 389,90");

    assertThat(released()).hasSize(1);
    assertThat(released().getFirst().replyKey()).isEqualTo("loja/chatwoot-7#1");
    assertThat(released().getFirst().kind()).isEqualTo(ReplyKind.REPLY);
    assertThat(phase()).isInstanceOf(Quiet.class);
  }

  @Test
  void whatIsWrittenDuringATurnIsTheNextTurn() {
    Turn turn = aTurnAtWork("w1");
    hear(customerWrites(2, "e a parafusadeira?"));
    conclude(turn, "w1", OutcomeKind.REPLY, "R$ 389,90");
    pass(Duration.ZERO);

    assertThat(handed().turn().number()).isEqualTo(2);
    assertThat(handed().messages()).hasSize(1);
    assertThat(handed().history()).as("the reply is remembered").hasSize(2);
  }

  @Test
  void aPersonWhoWritesSilencesTheTurnAtWork() {
    Turn turn = aTurnAtWork("w1");
    hear(personWrites(2, "Oi, aqui é a Marina"));
    conclude(turn, "w1", OutcomeKind.REPLY, "R$ 389,90");

    assertThat(released()).isEmpty();
    assertThat(phase()).isInstanceOf(HumanHeld.class);
    assertThat(commands).anyMatch(Command.Advise.class::isInstance);
    hear(customerWrites(3, "obrigado"));
    pass(Duration.ofSeconds(5));
    assertThat(handed().turn()).as("no further turn").isEqualTo(turn.turn());
  }

  @Test
  void theConversationIsTheAgentsAgainWhenTheChannelSaysSo() {
    hear(statusBecomes(ConversationStatus.OPEN, NOON.plusSeconds(1)));
    assertThat(phase()).isInstanceOf(HumanHeld.class);

    hear(statusBecomes(ConversationStatus.PENDING, NOON.plusSeconds(2)));
    assertThat(phase()).isInstanceOf(Quiet.class);
  }

  @Test
  void anOlderStatusThatArrivesLateChangesNothing() {
    hear(statusBecomes(ConversationStatus.OPEN, NOON.plusSeconds(9)));
    hear(statusBecomes(ConversationStatus.PENDING, NOON.plusSeconds(5)));

    assertThat(phase()).isInstanceOf(HumanHeld.class);
  }

  @Test
  void aSilentWorkersTurnIsHandedOnWithThePlaceOfItsJournal() {
    Turn turn = aTurnAtWork("w1");
    pass(Duration.ofSeconds(5), now.plusSeconds(4));
    pass(Duration.ofSeconds(6), now.minusSeconds(1));
    assertThat(fences()).as("a sign of life renews the lease").isZero();

    pass(Duration.ofSeconds(2));
    assertThat(handed().attempt()).as("time alone gives nothing up").isEqualTo(1);
    readFence();

    assertThat(handed().attempt()).isEqualTo(2);
    assertThat(handed().turn()).isEqualTo(turn.turn());
    var journal = Objects.requireNonNull(handed().journal());
    assertThat(journal.fromOffset()).isEqualTo(100);
    assertThat(journal.fenceOffset()).isEqualTo(workOffset - 1);
  }

  @Test
  void whatWasSaidBeforeTheFenceIsHeardAlthoughTimeHasPassed() {
    Turn turn = aTurnAtWork("w1");
    pass(Duration.ofSeconds(91));
    conclude(turn, "w1", OutcomeKind.REPLY, "R$ 389,90");
    readFence();

    assertThat(released()).hasSize(1);
    assertThat(released().getFirst().kind()).isEqualTo(ReplyKind.REPLY);
    assertThat(handed().attempt()).isEqualTo(1);
  }

  @Test
  void aDeadlineThatPassedWhileNobodyLookedBeginsAnew() {
    hear(customerWrites(1, "quanto custa a furadeira?"));
    pass(Duration.ofSeconds(1));
    pass(Duration.ofMinutes(45));

    assertThat(fences()).isZero();
    assertThat(released()).as("no apology for an outage of ours").isEmpty();

    pass(Duration.ofSeconds(91));
    readFence();
    assertThat(released().getFirst().kind()).isEqualTo(ReplyKind.HANDOVER);
  }

  @Test
  void whatACustomerWroteBeforeAHandoverIsThePersonsToRead() {
    Turn turn = aTurnAtWork("w1");
    hear(customerWrites(2, "e a parafusadeira?"));
    conclude(turn, "w1", OutcomeKind.HANDOVER, "Vou chamar uma pessoa.");

    assertThat(current().pending()).isEmpty();
    assertThat(current().history()).hasSize(2);
  }

  @Test
  void aWriteThatIsAnnouncedAfterAPersonTookOverIsToldToThem() {
    Turn turn = aTurnAtWork("w1");
    hear(personWrites(2, "Oi, aqui é a Marina"));
    announce(turn, 3_000);

    assertThat(Objects.requireNonNull(released().getFirst().note()).readable())
        .contains("odoo__create");
  }

  @Test
  void aSignOfLifeBeforeTheFenceMakesItVoid() {
    aTurnAtWork("w1");
    pass(Duration.ofSeconds(9));
    readFence(now.minusSeconds(1));

    assertThat(handed().attempt()).isEqualTo(1);
    pass(Duration.ofSeconds(8));
    assertThat(fences()).as("the next silence is fenced again").isEqualTo(2);
  }

  @Test
  void onlyOneFenceIsWrittenForASilence() {
    aTurnAtWork("w1");
    pass(Duration.ofSeconds(9));
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(1));

    assertThat(fences()).isEqualTo(1);
  }

  @Test
  void aZombiesConclusionIsNotHeard() {
    Turn first = aTurnAtWork("w1");
    pass(Duration.ofSeconds(9));
    readFence();
    work("w2", new Claimed(first.turn(), 2));

    conclude(first, "w1", OutcomeKind.REPLY, "late");
    assertThat(released()).isEmpty();

    conclude(handed(), "w2", OutcomeKind.REPLY, "in time");
    assertThat(released()).hasSize(1);
  }

  @Test
  void whoClaimsWhatWasGivenUpIsToldSo() {
    Turn turn = aTurnAtWork("w1");
    hear(personWrites(2, "Oi, aqui é a Marina"));
    commands.clear();

    work("w2", new Claimed(turn.turn(), 2));

    assertThat(commands).hasSize(1).allMatch(Command.Advise.class::isInstance);
  }

  @Test
  void theNextAttemptWaitsForTheEndOfAnAnnouncedWrite() {
    Turn turn = aTurnAtWork("w1");
    announce(turn, 15_000);
    pass(Duration.ofSeconds(9));
    readFence();
    assertThat(phase()).isInstanceOf(BackingOff.class);
    assertThat(handed().attempt()).isEqualTo(1);

    pass(Duration.ofSeconds(14));
    assertThat(handed().attempt()).isEqualTo(2);
  }

  @Test
  void nothingWaitsForAWriteThatIsKnownToBeOver() {
    Turn turn = aTurnAtWork("w1");
    announce(turn, 15_000);
    work("w1", Fixtures.step(turn.turn(), 1, "p"));
    pass(Duration.ofSeconds(9));
    readFence();

    assertThat(handed().attempt()).isEqualTo(2);
  }

  @Test
  void whoTakesOverIsToldOfAWriteThatMayHaveHappened() {
    Turn turn = aTurnAtWork("w1");
    announce(turn, 3_000);
    hear(personWrites(2, "Oi, aqui é a Marina"));

    ReleasedReply note = released().getFirst();
    assertThat(note.parts()).as("the customer reads nothing").isEmpty();
    assertThat(Objects.requireNonNull(note.note()).readable()).contains("odoo__create");
  }

  @Test
  void aFailedAttemptIsTriedAgainAndAtTheFourthAPersonIsAskedAtOnce() {
    Turn turn = aTurnAtWork("w1");
    for (int attempt = 1; attempt < 4; attempt++) {
      conclude(handed(), "w1", OutcomeKind.FAILED, null);
      pass(Duration.ofSeconds(attempt));
      work("w1", new Claimed(turn.turn(), attempt + 1));
    }
    assertThat(released()).isEmpty();

    conclude(handed(), "w1", OutcomeKind.FAILED, null);

    assertThat(released()).hasSize(1);
    assertThat(released().getFirst().kind()).isEqualTo(ReplyKind.HANDOVER);
    assertThat(phase()).isInstanceOf(HumanHeld.class);
  }

  @Test
  void aTurnWhoseWorkersDieIsTriedMoreOften() {
    int losses = rules.limits().losses();
    Turn turn = aTurnAtWork("w1");
    for (int attempt = 1; attempt < losses; attempt++) {
      if (attempt < 4) {
        loseTheWorker();
      } else {
        endTheWorker();
      }
      work("w1", new Claimed(turn.turn(), attempt + 1));
    }
    assertThat(released()).isEmpty();

    endTheWorker();

    assertThat(released().getFirst().kind()).isEqualTo(ReplyKind.HANDOVER);
    assertThat(Objects.requireNonNull(released().getFirst().note()).readable())
        .contains(losses + " times");
  }

  @Test
  void atTheDeadlineACustomerHearsSomethingAndAPersonIsAsked() {
    aTurnAtWork("w1");
    pass(Duration.ofSeconds(91), now.plusSeconds(90));
    readFence(now.minusSeconds(1));

    assertThat(released().getFirst().kind()).isEqualTo(ReplyKind.HANDOVER);
    assertThat(released().getFirst().parts().getFirst().readable()).contains("pessoa");
  }

  @Test
  void whoAsksForAPersonGetsOneWithoutAWorker() {
    hear(customerWrites(1, "quero falar com uma pessoa"));
    pass(Duration.ofSeconds(1));

    assertThat(commands).noneMatch(Command.Hand.class::isInstance);
    assertThat(released().getFirst().kind()).isEqualTo(ReplyKind.HANDOVER);
  }

  @Test
  void aTenantThatOnlyWantsSuggestionsGetsPrivateNotes() {
    rules = new Rules(Fixtures.aShop(Autonomy.SUGGEST), rules.finder(), rules.limits());
    conclude(aTurnAtWork("w1"), "w1", OutcomeKind.REPLY, "R$ 389,90");

    assertThat(released().getFirst().kind()).isEqualTo(ReplyKind.SUGGESTION);
  }

  @Test
  void aConversationsTimeNeverGoesBack() {
    hear(customerWrites(1, "oi"));
    now = NOON.minusSeconds(60);
    hear(customerWrites(2, "tem furadeira?"));

    assertThat(current().now()).isEqualTo(NOON);
  }

  @Test
  void anIdleConversationsStateIsSmall() {
    for (int i = 1; i <= 500; i++) {
      hear(customerWrites(i, "quanto custa a furadeira?"));
      pass(Duration.ofSeconds(1));
      Turn turn = handed();
      work("w1", new Claimed(turn.turn(), 1));
      conclude(turn, "w1", OutcomeKind.REPLY, "R$ 389,90");
    }

    var serde = new io.mcpcrew.schemas.wire.CrewSerde<>("state", ConversationState.class);
    assertThat(serde.toBytes(current())).hasSizeLessThan(2_048);
  }

  @Test
  void the_turn_of_a_worker_that_is_gone_waits_only_for_what_it_may_have_called() {
    Turn turn = aTurnAtWork("w1");
    announce(turn, 3_000);
    now = now.plusMillis(500);

    work("w1", new Gone());
    readFence();

    assertThat(phase()).isInstanceOf(BackingOff.class);
    pass(Duration.ofMillis(4_900));
    assertThat(handed().attempt()).as("the call may still be under way").isEqualTo(1);
    pass(Duration.ofMillis(100));
    assertThat(handed().attempt()).isEqualTo(2);
  }

  @Test
  void what_a_worker_had_concluded_before_it_was_gone_is_released() {
    Turn turn = aTurnAtWork("w1");

    work("w1", new Gone());
    conclude(turn, "w1", OutcomeKind.REPLY, "R$ 349,90");
    readFence();

    assertThat(released()).hasSize(1);
    assertThat(handed().attempt()).isEqualTo(1);
  }

  @Test
  void a_worker_that_is_gone_takes_nothing_from_another() {
    aTurnAtWork("w1");

    work("w2", new Gone());

    assertThat(fences()).isZero();
  }

  // ------------------------------------------------------------------ what happens

  private void hear(ConversationEvent event) {
    decide(new Input.Happened(event));
  }

  private void pass(Duration time) {
    pass(time, null);
  }

  private void pass(Duration time, @Nullable Instant lastSign) {
    now = now.plus(time);
    decide(new Input.TimeCame(lastSign));
  }

  private void work(String worker, WorkEvent event) {
    decide(new Input.Worked(new Work(worker, now, event), 3, workOffset++, null));
  }

  private void announce(Turn turn, long takesMs) {
    work(
        "w1",
        new Announced(
            turn.turn(), 1, "p", "odoo__create", "h", "k", EffectClass.KEYED, now, takesMs));
  }

  private void loseTheWorker() {
    pass(Duration.ofSeconds(9));
    readFence();
  }

  private void endTheWorker() {
    work("w1", new Gone());
    readFence();
    pass(Duration.ofSeconds(3));
  }

  private long fences() {
    return commands.stream().filter(Command.Fence.class::isInstance).count();
  }

  private Turn aTurnAtWork(String worker) {
    hear(customerWrites(1, "quanto custa a furadeira?"));
    pass(Duration.ofSeconds(1));
    work(worker, new Claimed(handed().turn(), 1));
    return handed();
  }

  private void conclude(Turn turn, String worker, OutcomeKind outcome, @Nullable String text) {
    List<Content> reply = text == null ? List.of() : List.of(Content.of(text));
    work(
        worker,
        new Concluded(turn.turn(), turn.attempt(), outcome, reply, null, "because", List.of()));
  }

  private void decide(Input input) {
    AccountGate.Change change = AccountGate.hear(shelf, CONVERSATION, input, now, rules);
    shelf.keep(CONVERSATION.account(), change);
    for (AccountGate.Transitioned step : change.transitions()) {
      commands.addAll(step.decision().commands());
    }
  }

  /// What was written as a fence is read again, after all that was said before.
  private void readFence() {
    readFence(null);
  }

  private void readFence(@Nullable Instant lastSign) {
    Fenced fenced =
        commands.stream()
            .filter(Command.Fence.class::isInstance)
            .map(c -> ((Command.Fence) c).fenced())
            .toList()
            .getLast();
    decide(new Input.Worked(new Work("", now, fenced), 3, workOffset++, lastSign));
  }

  // ------------------------------------------------------------------ what came of it

  private ConversationState current() {
    return Objects.requireNonNull(shelf.conversation(CONVERSATION));
  }

  private Object phase() {
    return current().phase();
  }

  private Turn handed() {
    return commands.stream()
        .filter(Command.Hand.class::isInstance)
        .map(c -> ((Command.Hand) c).turn())
        .toList()
        .getLast();
  }

  private List<ReleasedReply> released() {
    return commands.stream()
        .filter(Command.Release.class::isInstance)
        .map(c -> ((Command.Release) c).reply())
        .toList();
  }
}
