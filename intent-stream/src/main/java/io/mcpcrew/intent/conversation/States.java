package io.mcpcrew.intent.conversation;

import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.Line;
import io.mcpcrew.schemas.contract.PendingMessage;
import io.mcpcrew.schemas.contract.Phase;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.Seen;
import io.mcpcrew.schemas.contract.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes to a state, a field at a time. A state never changes itself.
final class States {
  /// An idle conversation's state must stay small.
  private static final int LONGEST_HISTORY = 8;

  private States() {}

  static ConversationState fresh(ConversationKey key, Instant now) {
    return new ConversationState(
        key,
        0,
        now,
        new Seen(0, List.of(), 0),
        List.of(),
        List.of(),
        List.of(),
        0,
        "unknown",
        "unknown",
        null,
        ConversationStatus.UNKNOWN,
        null,
        null,
        new Quiet(now));
  }

  static ConversationState phase(ConversationState s, Phase phase) {
    return new ConversationState(
        s.conversation(),
        s.sequence(),
        s.now(),
        s.seen(),
        s.pending(),
        s.history(),
        s.memory(),
        s.turns(),
        s.channel(),
        s.inbox(),
        s.contact(),
        s.status(),
        s.statusAt(),
        s.traceparent(),
        phase);
  }

  /// One transition further, at a time that never goes back.
  static ConversationState next(ConversationState s, Instant now) {
    return new ConversationState(
        s.conversation(),
        s.sequence() + 1,
        now,
        s.seen(),
        s.pending(),
        s.history(),
        s.memory(),
        s.turns(),
        s.channel(),
        s.inbox(),
        s.contact(),
        s.status(),
        s.statusAt(),
        s.traceparent(),
        s.phase());
  }

  static ConversationState seen(ConversationState s, Seen seen) {
    return new ConversationState(
        s.conversation(),
        s.sequence(),
        s.now(),
        seen,
        s.pending(),
        s.history(),
        s.memory(),
        s.turns(),
        s.channel(),
        s.inbox(),
        s.contact(),
        s.status(),
        s.statusAt(),
        s.traceparent(),
        s.phase());
  }

  static ConversationState pending(ConversationState s, List<PendingMessage> pending) {
    return new ConversationState(
        s.conversation(),
        s.sequence(),
        s.now(),
        s.seen(),
        pending,
        s.history(),
        s.memory(),
        s.turns(),
        s.channel(),
        s.inbox(),
        s.contact(),
        s.status(),
        s.statusAt(),
        s.traceparent(),
        s.phase());
  }

  static ConversationState history(ConversationState s, List<Line> more) {
    List<Line> all = new ArrayList<>(s.history());
    all.addAll(more);
    List<Line> kept = all.subList(Math.max(0, all.size() - LONGEST_HISTORY), all.size());
    return new ConversationState(
        s.conversation(),
        s.sequence(),
        s.now(),
        s.seen(),
        s.pending(),
        kept,
        s.memory(),
        s.turns(),
        s.channel(),
        s.inbox(),
        s.contact(),
        s.status(),
        s.statusAt(),
        s.traceparent(),
        s.phase());
  }

  static ConversationState memory(ConversationState s, List<Slot> memory) {
    return new ConversationState(
        s.conversation(),
        s.sequence(),
        s.now(),
        s.seen(),
        s.pending(),
        s.history(),
        memory,
        s.turns(),
        s.channel(),
        s.inbox(),
        s.contact(),
        s.status(),
        s.statusAt(),
        s.traceparent(),
        s.phase());
  }

  static ConversationState turns(ConversationState s, long turns) {
    return new ConversationState(
        s.conversation(),
        s.sequence(),
        s.now(),
        s.seen(),
        s.pending(),
        s.history(),
        s.memory(),
        turns,
        s.channel(),
        s.inbox(),
        s.contact(),
        s.status(),
        s.statusAt(),
        s.traceparent(),
        s.phase());
  }

  static ConversationState place(
      ConversationState s, String channel, String inbox, @Nullable String contact) {
    return new ConversationState(
        s.conversation(),
        s.sequence(),
        s.now(),
        s.seen(),
        s.pending(),
        s.history(),
        s.memory(),
        s.turns(),
        channel,
        inbox,
        contact == null ? s.contact() : contact,
        s.status(),
        s.statusAt(),
        s.traceparent(),
        s.phase());
  }

  static ConversationState status(
      ConversationState s, ConversationStatus status, @Nullable Instant at) {
    return new ConversationState(
        s.conversation(),
        s.sequence(),
        s.now(),
        s.seen(),
        s.pending(),
        s.history(),
        s.memory(),
        s.turns(),
        s.channel(),
        s.inbox(),
        s.contact(),
        status,
        at,
        s.traceparent(),
        s.phase());
  }

  static ConversationState traced(ConversationState s, @Nullable String traceparent) {
    return new ConversationState(
        s.conversation(),
        s.sequence(),
        s.now(),
        s.seen(),
        s.pending(),
        s.history(),
        s.memory(),
        s.turns(),
        s.channel(),
        s.inbox(),
        s.contact(),
        s.status(),
        s.statusAt(),
        traceparent == null ? s.traceparent() : traceparent,
        s.phase());
  }
}
