package io.mcpcrew.intent.conversation;

import io.mcpcrew.schemas.contract.Answering;
import io.mcpcrew.schemas.contract.BackingOff;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.Fenced;
import io.mcpcrew.schemas.contract.Gathering;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.Phase;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.Suspended;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.Waiting;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What passing time does to a conversation. Time is an input like any other: it comes from a tick
/// in the log. Of an attempt that is with a worker time alone decides nothing: what the worker said
/// may lie unread. There it only writes a fence.
final class Passing {
  private final Rules rules;
  private final Instant now;
  private final Open open;

  Passing(Rules rules, Instant now) {
    this.rules = rules;
    this.now = now;
    this.open = new Open(rules, now);
  }

  Decision hear(ConversationState state, Input.TimeCame time) {
    return switch (state.phase()) {
      case Quiet quiet ->
          isDue(quiet.nextAt())
              ? new Idling(rules, now).nothingSaid(state, quiet)
              : Forgetting.timeCame(state, now, rules);
      case HumanHeld held ->
          isDue(held.until())
              ? Notes.pauseIsOver(state, now)
              : isDue(held.waitsUntil())
                  ? new Handovers(rules, now).stillWaiting(state, held)
                  : Forgetting.timeCame(state, now, rules);
      case Gathering g ->
          now.isBefore(g.closesAt()) ? Decision.idle(state) : open.askForPlace(state);
      case Waiting w -> waiting(state, w);
      case Suspended s -> suspended(state, s);
      case BackingOff b -> backingOff(state, b);
      case Answering a -> answering(state, a, time);
    };
  }

  private boolean isDue(@Nullable Instant at) {
    return at != null && !now.isBefore(at);
  }

  private Decision waiting(ConversationState state, Waiting w) {
    if (now.isBefore(w.until())) {
      return Decision.idle(state);
    }
    return rules.paused() || Rules.wasMissed(w.until(), now)
        ? changed(state, new Waiting(w.since(), fromNow()))
        : open.noPlace(state);
  }

  /// Whoever was asked has not answered in time; or what they approved gets no place.
  private Decision suspended(ConversationState state, Suspended s) {
    if (now.isBefore(s.until())) {
      return Decision.idle(state);
    }
    var approving = new Approving(rules, now);
    if (s.approvedAt() == null) {
      return approving.expired(state, s);
    }
    return rules.paused() || Rules.wasMissed(s.until(), now)
        ? changed(state, approving.waitingUntil(s, fromNow()))
        : approving.noPlace(state, s);
  }

  private Decision backingOff(ConversationState state, BackingOff b) {
    Instant deadline = b.turn().deadline();
    if (Rules.wasMissed(deadline, now)) {
      return changed(
          state,
          new BackingOff(Turns.until(b.turn(), fromNow()), b.until(), b.because(), b.open()));
    }
    if (!now.isBefore(deadline)) {
      return open.late(state, b.turn(), b.open());
    }
    return now.isBefore(b.until())
        ? Decision.idle(state)
        : open.again(state, b.turn(), b.open(), b.because());
  }

  private Instant fromNow() {
    return now.plus(rules.limits().deadline());
  }

  private static Decision changed(ConversationState state, Phase phase) {
    return new Decision(States.phase(state, phase), List.of(), List.of());
  }

  private Decision answering(ConversationState state, Answering a, Input.TimeCame time) {
    if (a.fencedAt() != null) {
      return Decision.idle(state);
    }
    Instant deadline = a.turn().deadline();
    if (Rules.wasMissed(deadline, now)) {
      Turn turn = Turns.until(a.turn(), fromNow());
      return changed(state, new Answering(turn, a.worker(), a.leaseUntil(), a.open(), null));
    }
    if (!now.isBefore(deadline)) {
      return fence(state, a, now, "its deadline has come");
    }
    Instant lease = rules.leaseEnd(a, time.lastSign());
    if (lease == null) {
      return Decision.idle(state);
    }
    if (now.isBefore(lease)) {
      return changed(state, new Answering(a.turn(), a.worker(), lease, a.open(), null));
    }
    return fence(state, a, now, "worker %s fell silent".formatted(a.worker()));
  }

  static Decision fence(ConversationState state, Answering a, Instant now, String because) {
    var fenced = new Answering(a.turn(), a.worker(), a.leaseUntil(), a.open(), now);
    return new Decision(
        States.phase(state, fenced),
        List.of(new Command.Fence(new Fenced(a.turn().turn(), a.turn().attempt(), because))),
        List.of());
  }
}
