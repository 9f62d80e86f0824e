package io.mcpcrew.intent.replay;

import io.mcpcrew.intent.conversation.ConversationMachine;
import io.mcpcrew.intent.conversation.Decision;
import io.mcpcrew.intent.conversation.Input;
import io.mcpcrew.intent.conversation.Rules;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Repeats a conversation: the recorded inputs, at the recorded times, by the rules that were in
/// force, through the machine of this program. Pure. At the first step that comes out otherwise or
/// cannot be repeated it goes on where the conversation was begun anew after it was forgotten, if
/// it was, because what comes before that would start from another state.
public final class Replay {

  /// What a step was decided by, besides the state.
  ///
  /// @param traceparent the trace that the state took, if any
  public record Given(Input input, Instant now, Rules rules, @Nullable String traceparent) {}

  /// What came of repeating a step.
  public sealed interface Outcome {

    /// The same hash as recorded.
    record Same() implements Outcome {}

    /// Another one.
    record Other(String hash) implements Outcome {}

    /// The log no longer has, or never had, what the step was decided by.
    record NotRepeatable(String because) implements Outcome {}
  }

  /// A step, once more.
  ///
  /// @param decision what the machine makes of it now; null when it could not be repeated
  public record Repeated(
      RecordedStep recorded,
      @Nullable ConversationState before,
      @Nullable Given given,
      @Nullable Decision decision,
      Outcome outcome) {}

  private Replay() {}

  /// What a step began with.
  ///
  /// @param before what was known then; null when nothing was
  public static ConversationState start(@Nullable ConversationState before, Transition transition) {
    return before == null
        ? ConversationMachine.unknown(
            transition.conversation(), transition.now(), transition.sequence() - 1)
        : before;
  }

  /// One step. Its state is that which a transition's hash is over.
  public static Decision step(ConversationState state, Given given) {
    Decision decision =
        ConversationMachine.decide(state, given.input(), given.now(), given.rules());
    String traceparent = given.traceparent();
    return traceparent == null
        ? decision
        : new Decision(
            ConversationMachine.traced(decision.state(), traceparent),
            decision.commands(),
            decision.reasons());
  }

  /// @param steps of one conversation, in the log's order
  /// @param rules those that a transition was decided by, if they are still known
  public static List<Repeated> of(
      List<RecordedStep> steps, Function<Transition, Optional<Rules>> rules) {
    List<Repeated> all = new ArrayList<>();
    ConversationState state = null;
    boolean lost = false;
    for (RecordedStep step : steps) {
      lost &= !step.transition().hashBefore().equals(StateHash.NONE);
      if (lost) {
        continue;
      }
      Repeated repeated = repeated(state, step, rules);
      all.add(repeated);
      Decision decision = repeated.decision();
      lost = !(repeated.outcome() instanceof Outcome.Same) || decision == null;
      state = decision == null || lost || decision.forgets() ? null : decision.state();
    }
    return all;
  }

  private static Repeated repeated(
      @Nullable ConversationState before,
      RecordedStep step,
      Function<Transition, Optional<Rules>> rules) {
    Transition transition = step.transition();
    String hashBefore = before == null ? StateHash.NONE : StateHash.of(before);
    if (!hashBefore.equals(transition.hashBefore())) {
      return notRepeatable(
          before,
          step,
          before == null
              ? "what came before it is no longer in the log"
              : "the step before it is missing in the log");
    }
    Optional<Rules> inForce = rules.apply(transition);
    if (inForce.isEmpty()) {
      return notRepeatable(
          before, step, "settings version %s is unknown".formatted(transition.settingsVersion()));
    }
    return switch (step.heard()) {
      case RecordedStep.Heard.Gone(String because) -> notRepeatable(before, step, because);
      case RecordedStep.Heard.Again(Input input) -> {
        var given = new Given(input, transition.now(), inForce.get(), step.traceparent());
        Decision decision = step(start(before, transition), given);
        String hash = decision.forgets() ? StateHash.NONE : StateHash.of(decision.state());
        Outcome outcome =
            hash.equals(transition.hashAfter()) ? new Outcome.Same() : new Outcome.Other(hash);
        yield new Repeated(step, before, given, decision, outcome);
      }
    };
  }

  private static Repeated notRepeatable(
      @Nullable ConversationState before, RecordedStep step, String because) {
    return new Repeated(step, before, null, null, new Outcome.NotRepeatable(because));
  }
}
