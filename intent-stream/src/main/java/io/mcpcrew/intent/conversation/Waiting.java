package io.mcpcrew.intent.conversation;

import io.mcpcrew.schemas.contract.Answering;
import io.mcpcrew.schemas.contract.BackingOff;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.Gathering;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.Quiet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What time does to a conversation. Time is an input like any other: it comes from a tick in the
/// log, after everything that was written before it, so that no timer runs out on what lies unread.
final class Waiting {
  private final Rules rules;
  private final Instant now;
  private final Open open;

  Waiting(Rules rules, Instant now) {
    this.rules = rules;
    this.now = now;
    this.open = new Open(rules, now);
  }

  Decision hear(ConversationState state, Input.TimeCame time) {
    return switch (state.phase()) {
      case Quiet _, HumanHeld _ -> Decision.idle(state);
      case Gathering g -> now.isBefore(g.closesAt()) ? Decision.idle(state) : open.turn(state);
      case BackingOff b ->
          now.isBefore(b.until())
              ? Decision.idle(state)
              : open.again(state, b.turn(), time.partition(), time.workRead(), b.because());
      case Answering a -> answering(state, a, time);
    };
  }

  private Decision answering(ConversationState state, Answering a, Input.TimeCame time) {
    if (!now.isBefore(a.turn().deadline())) {
      return late(state, a);
    }
    Instant lease = lease(a, time);
    if (a.worker() == null || lease == null) {
      return Decision.idle(state);
    }
    if (now.isBefore(lease)) {
      var alive = new Answering(a.turn(), a.worker(), lease, a.writingUntil());
      return new Decision(States.phase(state, alive), List.of(), List.of());
    }
    return silent(state, a, time);
  }

  /// The worker's lease runs from its last sign, whatever we knew before.
  private @Nullable Instant lease(Answering a, Input.TimeCame time) {
    Instant known = a.leaseUntil();
    Instant sign = time.lastSign();
    Instant renewed = sign == null ? null : sign.plus(rules.limits().lease());
    return renewed != null && (known == null || renewed.isAfter(known)) ? renewed : known;
  }

  /// The next attempt begins only when no write of the lost one can still be under way.
  private Decision silent(ConversationState state, Answering a, Input.TimeCame time) {
    String because = "worker %s fell silent".formatted(a.worker());
    Instant writing = a.writingUntil();
    if (writing != null && now.isBefore(writing)) {
      var waiting = new BackingOff(a.turn(), writing, because);
      return new Decision(States.phase(state, waiting), List.of(), List.of());
    }
    return open.again(state, a.turn(), time.partition(), time.workRead(), because);
  }

  private Decision late(ConversationState state, Answering a) {
    Decision given =
        open.handover(
            state,
            a.turn(),
            Sentences.sorry(a.turn().language()),
            "no answer within the deadline",
            List.of());
    List<Command> commands = new ArrayList<>(given.commands());
    commands.add(Open.cancel(a.turn(), now, "too late"));
    return new Decision(given.state(), commands, given.reasons());
  }
}
