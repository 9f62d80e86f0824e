package io.mcpcrew.intent.replay;

import static io.mcpcrew.intent.Fixtures.CONVERSATION;
import static io.mcpcrew.intent.Fixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.intent.Fixtures;
import io.mcpcrew.intent.conversation.AccountGate;
import io.mcpcrew.intent.conversation.AccountGate.Transitioned;
import io.mcpcrew.intent.conversation.ConversationMachine;
import io.mcpcrew.intent.conversation.Decision;
import io.mcpcrew.intent.conversation.Input;
import io.mcpcrew.intent.conversation.Rules;
import io.mcpcrew.intent.conversation.ShelfInMemory;
import io.mcpcrew.intent.find.Lexicon;
import io.mcpcrew.intent.find.RuleFinder;
import io.mcpcrew.intent.replay.Replay.Outcome;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.EventKind;
import io.mcpcrew.schemas.contract.LogPosition;
import io.mcpcrew.schemas.contract.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The replay of a conversation that was forgotten and came back.
class BegunAnewTest {
  private final Rules rules =
      new Rules(Fixtures.aShop(), new RuleFinder(Lexicon.builtIn()), Rules.Limits.DEFAULT);
  private final ShelfInMemory shelf = new ShelfInMemory();
  private final List<RecordedStep> steps = new ArrayList<>();
  private int before;

  @BeforeEach
  void aPersonWroteAndAMonthLaterAnother() {
    personWrites(1, NOON);
    before = steps.size();
    Instant month = NOON.plusSeconds(1).plus(rules.limits().forgetAfter());
    hear(new Input.TimeCame(null), month);
    personWrites(2, month.plus(Duration.ofDays(1)));
  }

  private void personWrites(long number, Instant at) {
    hear(
        new Input.Happened(
            Fixtures.event(
                CONVERSATION,
                EventKind.MESSAGE,
                Author.HUMAN_AGENT,
                number,
                "olá",
                ConversationStatus.OPEN,
                at)),
        at);
    hear(
        new Input.Happened(Fixtures.statusBecomes(ConversationStatus.RESOLVED, at.plusSeconds(1))),
        at.plusSeconds(1));
  }

  private void hear(Input input, Instant at) {
    AccountGate.Change change = AccountGate.hear(shelf, CONVERSATION, input, at, rules);
    shelf.keep(CONVERSATION.account(), change);
    change.transitions().forEach(step -> steps.add(recorded(step)));
  }

  private static RecordedStep recorded(Transitioned step) {
    Decision decision = step.decision();
    return new RecordedStep(
        new Transition(
            CONVERSATION,
            step.after().sequence(),
            new LogPosition("crew.messages", 0, 1),
            RecordedInput.kindOf(step.input()),
            step.after().now(),
            "",
            "",
            hash(step.before()),
            decision.forgets() ? StateHash.NONE : hash(step.after()),
            ConversationMachine.REVISION,
            "v1",
            null,
            List.of(),
            decision.reasons(),
            null,
            false,
            "",
            ""),
        null,
        new RecordedStep.Heard.Again(step.input()));
  }

  private static String hash(@Nullable ConversationState state) {
    return state == null ? StateHash.NONE : StateHash.of(state);
  }

  @Test
  void both_lives_come_to_the_same_hashes() {
    assertThat(Replay.of(steps, _ -> Optional.of(rules)))
        .hasSize(5)
        .allMatch(step -> step.outcome() instanceof Outcome.Same);
    assertThat(steps).extracting(step -> step.transition().sequence()).doesNotHaveDuplicates();
  }

  @Test
  void the_second_is_repeated_when_the_first_is_older_than_the_log() {
    List<RecordedStep> left = steps.subList(before, steps.size());

    List<Replay.Repeated> repeated = Replay.of(left, _ -> Optional.of(rules));

    assertThat(repeated).hasSize(3);
    assertThat(repeated.getFirst().outcome()).isInstanceOf(Outcome.NotRepeatable.class);
    assertThat(repeated.subList(1, 3)).allMatch(step -> step.outcome() instanceof Outcome.Same);
  }
}
