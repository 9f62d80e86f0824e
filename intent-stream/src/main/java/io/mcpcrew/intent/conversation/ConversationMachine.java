package io.mcpcrew.intent.conversation;

import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.Answering;
import io.mcpcrew.schemas.contract.BackingOff;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.Gathering;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.Suspended;
import io.mcpcrew.schemas.contract.Waiting;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides what a conversation does next. The only place that decides it: that a turn is opened,
/// that it is tried again, that a reply is released, that a person has the word.
public final class ConversationMachine {
  /// Recorded with every transition: a replay with another revision may decide otherwise.
  public static final String REVISION = "7";

  private ConversationMachine() {}

  /// A conversation of which nothing is known, or nothing any more.
  ///
  /// @param used the highest number that a forgotten conversation of the account had: turns and
  ///   transitions are counted from there, so that no number is used twice
  public static ConversationState unknown(ConversationKey key, Instant at, long used) {
    return States.fresh(key, at, used);
  }

  /// @param state as it is kept, or [#unknown]
  /// @param at the input's time in the log
  public static Decision decide(ConversationState state, Input input, Instant at, Rules rules) {
    if (Forgetting.isOfTheForgotten(state, input, at, rules)) {
      return Decision.idle(state);
    }
    Instant now = at.isBefore(state.now()) ? state.now() : at;
    Decision decision =
        switch (input) {
          case Input.Happened happened -> new Talking(rules, now).hear(state, happened.event());
          case Input.Worked worked -> new Working(rules, now).hear(state, worked);
          case Input.TimeCame time -> new Passing(rules, now).hear(state, time);
          case Input.PlaceCame _ -> new Open(rules, now).place(state);
          case Input.Decided decided ->
              new Approving(rules, now).decided(state, decided.decision());
          case Input.TooLarge _ -> new Handovers(rules, now).tooLarge(state);
          case Input.Undelivered undelivered ->
              new Handovers(rules, now).undelivered(state, undelivered.delivery());
          case Input.Returned returned ->
              new Pausing(rules, now).returned(state, returned.delivery().withheld());
        };
    if (rules.paused()) {
      decision = new Pausing(rules, now).keepBack(decision);
    }
    if (decision.isIdle(state)) {
      return Decision.idle(state);
    }
    return new Decision(
        States.next(decision.state(), now), decision.commands(), decision.reasons());
  }

  /// When the conversation must be looked at again if nothing happens before: to go on, or to be
  /// forgotten.
  public static Optional<Instant> due(ConversationState state, Rules rules) {
    return goesOn(state).or(() -> Forgetting.due(state, rules));
  }

  /// When time moves the conversation on.
  public static Optional<Instant> goesOn(ConversationState state) {
    return switch (state.phase()) {
      case Quiet quiet -> Optional.ofNullable(quiet.nextAt());
      case HumanHeld held -> Optional.ofNullable(earliest(held.waitsUntil(), held.until()));
      case Gathering gathering -> Optional.of(gathering.closesAt());
      case Waiting waiting -> Optional.of(waiting.until());
      case Suspended suspended -> Optional.of(suspended.until());
      case BackingOff backingOff ->
          Optional.of(earlier(backingOff.until(), backingOff.turn().deadline()));
      // What the fence comes to is decided when it is read, not by time.
      case Answering answering when answering.fencedAt() != null -> Optional.empty();
      case Answering answering ->
          Optional.of(earlier(answering.leaseUntil(), answering.turn().deadline()));
    };
  }

  private static @Nullable Instant earliest(@Nullable Instant one, @Nullable Instant other) {
    return one == null ? other : earlier(other, one);
  }

  private static Instant earlier(@Nullable Instant perhaps, Instant certain) {
    return perhaps != null && perhaps.isBefore(certain) ? perhaps : certain;
  }

  /// Whether the conversation takes one of its account's places.
  public static boolean holdsPlace(ConversationState state) {
    return state.phase() instanceof Answering || state.phase() instanceof BackingOff;
  }

  /// Since when the conversation waits for one of its account's places or for the end of its pause,
  /// if it does.
  public static Optional<Instant> waitsSince(ConversationState state) {
    if (!state.keptBack().isEmpty()) {
      return Optional.of(state.keptBack().getFirst().releasedAt());
    }
    return switch (state.phase()) {
      case Waiting waiting -> Optional.of(waiting.since());
      case Suspended suspended -> Optional.ofNullable(suspended.approvedAt());
      default -> Optional.empty();
    };
  }

  /// The state with the trace of what changed it last.
  public static ConversationState traced(ConversationState state, String traceparent) {
    return States.traced(state, traceparent);
  }

  /// Which worker's signs of life the conversation waits for.
  public static Optional<String> worker(ConversationState state) {
    return state.phase() instanceof Answering answering
        ? Optional.ofNullable(answering.worker())
        : Optional.empty();
  }
}
