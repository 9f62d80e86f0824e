package io.mcpcrew.intent.conversation;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.Reason;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is said while the account is paused waits, and is said when the pause is over, unless a
/// person has spoken or it is too late.
final class Pausing {
  private final Rules rules;
  private final Instant now;

  Pausing(Rules rules, Instant now) {
    this.rules = rules;
    this.now = now;
  }

  /// A decision of a paused account: what it would release is kept back.
  Decision keepBack(Decision decision) {
    List<Command> commands = new ArrayList<>();
    ConversationState state = decision.state();
    int before = state.keptBack().size();
    for (Command command : decision.commands()) {
      if (command instanceof Command.Release(ReleasedReply reply)) {
        state = keptBack(state, reply);
      } else {
        commands.add(command);
      }
    }
    if (state.keptBack().size() == before) {
      return decision;
    }
    List<Reason> reasons = new ArrayList<>(decision.reasons());
    reasons.add(new Reason("brake", "paused: what was to be said is kept back"));
    return new Decision(state, commands, reasons);
  }

  /// The publisher has met a pause: the reply waits here like those that were never released.
  Decision returned(ConversationState state, @Nullable ReleasedReply reply) {
    if (reply == null || reply.isHolding() || isKeptBack(state, reply.replyKey())) {
      return Decision.idle(state);
    }
    boolean superseded = new Presence(rules).personHas(state).isPresent();
    ConversationState kept = keptBack(state, reply);
    return new Decision(
        superseded ? afterPerson(kept) : kept,
        List.of(),
        List.of(new Reason("brake", "paused before it was posted: kept back")));
  }

  private static boolean isKeptBack(ConversationState state, String replyKey) {
    return state.keptBack().stream().anyMatch(reply -> reply.replyKey().equals(replyKey));
  }

  private static ConversationState keptBack(ConversationState state, ReleasedReply reply) {
    List<ReleasedReply> kept = new ArrayList<>(state.keptBack());
    kept.add(reply);
    return States.keptBack(state, kept);
  }

  /// A person has the word now: of what was kept back only their notes are of use.
  static ConversationState afterPerson(ConversationState state) {
    if (state.keptBack().isEmpty()) {
      return state;
    }
    return States.keptBack(
        state,
        state.keptBack().stream()
            .filter(reply -> reply.kind() == ReplyKind.HANDOVER && reply.note() != null)
            .map(reply -> renewed(reply, List.of(), reply.releasedAt(), reply.expiresAt()))
            .toList());
  }

  /// The pause is over. An answer that has become too old is told to a person instead.
  Decision release(ConversationState state) {
    List<Command> commands = new ArrayList<>();
    ConversationState next = States.keptBack(state, List.of());
    int late = 0;
    for (ReleasedReply reply : state.keptBack()) {
      boolean inTime = now.isBefore(reply.expiresAt());
      Instant until = now.plus(rules.limits().replyLife());
      if (inTime) {
        commands.add(new Command.Release(renewed(reply, reply.parts(), now, until)));
      } else if (reply.kind() == ReplyKind.REPLY) {
        late++;
        commands.add(new Command.Release(tooLate(reply, until)));
        next = Handovers.held(next, new HumanHeld(now, "an answer was kept back for too long"));
      }
    }
    String sentence =
        "the pause is over: %d released, %d too old and told to a person"
            .formatted(commands.size() - late, late);
    return new Decision(next, commands, List.of(new Reason("release", sentence)));
  }

  private ReleasedReply tooLate(ReleasedReply r, Instant until) {
    String words = r.parts().isEmpty() ? "" : r.parts().getFirst().readable();
    String note = Sentences.keptTooLong(rules.tenant().document().language(), words);
    return new ReleasedReply(
            r.turn(),
            r.attempt(),
            r.replyKey() + "/late",
            ReplyKind.HANDOVER,
            List.of(),
            Content.of(note),
            r.channel(),
            r.inbox(),
            r.replyTo(),
            now,
            until)
        .addressed(r.team(), r.language());
  }

  private static ReleasedReply renewed(
      ReleasedReply r, List<Content> parts, Instant releasedAt, Instant expiresAt) {
    return new ReleasedReply(
        r.turn(),
        r.attempt(),
        r.replyKey(),
        r.kind(),
        parts,
        r.note(),
        r.channel(),
        r.inbox(),
        r.replyTo(),
        releasedAt,
        expiresAt,
        parts.isEmpty() ? List.of() : r.choices(),
        r.team(),
        r.language());
  }
}
