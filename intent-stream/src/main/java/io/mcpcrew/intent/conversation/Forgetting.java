package io.mcpcrew.intent.conversation;

import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Alive;
import io.mcpcrew.schemas.contract.Announced;
import io.mcpcrew.schemas.contract.Claimed;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.Fenced;
import io.mcpcrew.schemas.contract.Gone;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.Reason;
import io.mcpcrew.schemas.contract.Step;
import io.mcpcrew.schemas.contract.WorkEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Forgets conversations in which nothing has happened for long and nothing is open. What is
/// written later begins the conversation anew, with numbers that none before had; what is said of
/// the forgotten one changes nothing.
///
/// What comes again much later is not taken for news: whatever a forgotten conversation had heard
/// was written longer ago than anything that is still heard, whether it has begun anew or not.
final class Forgetting {
  private Forgetting() {}

  /// When the conversation is forgotten if nothing happens until then; never while something is
  /// open, or while only our memory says that a person has the word.
  static Optional<Instant> due(ConversationState state, Rules rules) {
    return isIdle(state, new Presence(rules))
        ? Optional.of(state.now().plus(rules.limits().forgetAfter()))
        : Optional.empty();
  }

  private static boolean isIdle(ConversationState state, Presence presence) {
    boolean nothingOpen =
        switch (state.phase()) {
          case Quiet quiet -> quiet.nextAt() == null;
          case HumanHeld held -> held.waitsUntil() == null && held.until() == null;
          default -> false;
        };
    return nothingOpen
        && state.pending().isEmpty()
        && state.keptBack().isEmpty()
        && (!presence.personHad(state) || presence.channelGivesItToPerson(state).isPresent());
  }

  static Decision timeCame(ConversationState state, Instant now, Rules rules) {
    return due(state, rules)
        .filter(due -> !now.isBefore(due))
        .map(_ -> new Decision(state, List.of(new Command.Forget()), List.of(because(rules))))
        .orElseGet(() -> Decision.idle(state));
  }

  private static Reason because(Rules rules) {
    return new Reason(
        "forget",
        "nothing has happened for %d days".formatted(rules.limits().forgetAfter().toDays()));
  }

  /// Whether something is said of a conversation that was forgotten, or comes so late that it may
  /// have been heard in one. A worker that claims a turn of it, or announces a write, is heard
  /// nevertheless: it must learn that nobody wants that any more, and a person of what it wrote.
  static boolean isOfTheForgotten(ConversationState state, Input input, Instant at, Rules rules) {
    return switch (input) {
      case Input.Happened(ConversationEvent event) ->
          event.writtenAt().isBefore(at.minus(heardWithin(rules)));
      case Input.Worked worked -> state.isNew() && !mustBeTold(worked.work().event());
      case Input.Undelivered undelivered -> isForgotten(state, undelivered.delivery().turn());
      case Input.Returned returned -> isForgotten(state, returned.delivery().turn());
      case Input.Decided _, Input.TimeCame _, Input.PlaceCame _ -> state.isNew();
      case Input.TooLarge _ -> false;
    };
  }

  /// Less than it takes to forget, by far more than clocks may differ.
  private static Duration heardWithin(Rules rules) {
    return rules.limits().forgetAfter().multipliedBy(9).dividedBy(10);
  }

  private static boolean isForgotten(ConversationState state, TurnId turn) {
    return state.isNew() || turn.number() <= state.begins();
  }

  private static boolean mustBeTold(WorkEvent event) {
    return switch (event) {
      case Claimed _, Announced _ -> true;
      case Alive _, Step _, Concluded _, Fenced _, Gone _ -> false;
    };
  }
}
