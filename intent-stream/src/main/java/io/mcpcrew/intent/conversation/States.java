package io.mcpcrew.intent.conversation;

import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.Line;
import io.mcpcrew.schemas.contract.PendingMessage;
import io.mcpcrew.schemas.contract.Phase;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.Seen;
import io.mcpcrew.schemas.contract.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Changes to a state, a field at a time. A state never changes itself.
final class States {
  /// An idle conversation's state must stay small.
  private static final int LONGEST_HISTORY = 8;

  private static final int MOST_CHOSEN = 8;

  private States() {}

  /// @param used numbers up to this one may have been another's under the same name
  static ConversationState fresh(ConversationKey key, Instant now, long used) {
    return new ConversationState(
        key,
        used,
        now,
        new Seen(0, List.of(), 0),
        List.of(),
        List.of(),
        List.of(),
        used,
        "unknown",
        "unknown",
        null,
        ConversationStatus.UNKNOWN,
        null,
        null,
        new Quiet(now),
        false,
        false,
        null,
        List.of(),
        null,
        0,
        List.of(),
        null,
        null,
        used,
        List.of());
  }

  static ConversationState phase(ConversationState state, Phase phase) {
    return changed(state, draft -> draft.phase = phase);
  }

  /// One transition further, at a time that never goes back.
  static ConversationState next(ConversationState state, Instant now) {
    return changed(
        state,
        draft -> {
          draft.sequence++;
          draft.now = now;
        });
  }

  static ConversationState seen(ConversationState state, Seen seen) {
    return changed(state, draft -> draft.seen = seen);
  }

  static ConversationState pending(ConversationState state, List<PendingMessage> pending) {
    return changed(state, draft -> draft.pending = pending);
  }

  static ConversationState history(ConversationState state, List<Line> more) {
    List<Line> all = new ArrayList<>(state.history());
    all.addAll(more);
    List<Line> kept = all.subList(Math.max(0, all.size() - LONGEST_HISTORY), all.size());
    return changed(state, draft -> draft.history = kept);
  }

  static ConversationState memory(ConversationState state, List<Slot> memory) {
    return changed(state, draft -> draft.memory = memory);
  }

  static ConversationState turns(ConversationState state, long turns) {
    return changed(state, draft -> draft.turns = turns);
  }

  static ConversationState place(
      ConversationState state, String channel, String inbox, @Nullable String contact) {
    return changed(
        state,
        draft -> {
          draft.channel = channel;
          draft.inbox = inbox;
          draft.contact = contact == null ? draft.contact : contact;
        });
  }

  /// What the channel says of the conversation, and when it changed it.
  static ConversationState channelSays(
      ConversationState state,
      ConversationStatus status,
      boolean assigned,
      boolean silenced,
      @Nullable Instant at) {
    return changed(
        state,
        draft -> {
          draft.status = status;
          draft.assigned = assigned;
          draft.silenced = silenced;
          draft.statusAt = at;
        });
  }

  static ConversationState personWrote(ConversationState state, @Nullable Instant at) {
    return changed(state, draft -> draft.personWrote = at);
  }

  static ConversationState spoke(ConversationState state, List<Instant> spoke) {
    return changed(state, draft -> draft.spoke = spoke);
  }

  static ConversationState wrote(ConversationState state, String hash, int times) {
    return changed(
        state,
        draft -> {
          draft.wrote = hash;
          draft.times = times;
        });
  }

  static ConversationState keptBack(ConversationState state, List<ReleasedReply> keptBack) {
    return changed(state, draft -> draft.keptBack = keptBack);
  }

  static ConversationState suggested(ConversationState state, @Nullable ReleasedReply suggested) {
    return changed(state, draft -> draft.suggested = suggested);
  }

  /// Without anybody's words: what is left is small.
  static ConversationState wordless(ConversationState state) {
    return changed(
        state,
        draft -> {
          draft.pending = List.of();
          draft.history = List.of();
          draft.memory = List.of();
          draft.keptBack = List.of();
          draft.suggested = null;
        });
  }

  /// The choices of this message are answered.
  static ConversationState chosen(ConversationState state, long number) {
    List<Long> all = new ArrayList<>(state.chosen());
    all.add(number);
    List<Long> kept = all.subList(Math.max(0, all.size() - MOST_CHOSEN), all.size());
    return changed(state, draft -> draft.chosen = kept);
  }

  static ConversationState why(ConversationState state, String why) {
    return changed(state, draft -> draft.why = why);
  }

  static ConversationState traced(ConversationState state, @Nullable String traceparent) {
    return traceparent == null ? state : changed(state, draft -> draft.traceparent = traceparent);
  }

  private static ConversationState changed(ConversationState state, Consumer<Draft> change) {
    var draft = new Draft(state);
    change.accept(draft);
    return draft.state();
  }

  /// A state while it is being made of another.
  private static final class Draft {
    private final ConversationKey conversation;
    private final long begins;
    long sequence;
    Instant now;
    Seen seen;
    List<PendingMessage> pending;
    List<Line> history;
    List<Slot> memory;
    long turns;
    String channel;
    String inbox;
    @Nullable String contact;
    ConversationStatus status;
    @Nullable Instant statusAt;
    @Nullable String traceparent;
    Phase phase;
    boolean assigned;
    boolean silenced;
    @Nullable Instant personWrote;
    List<Instant> spoke;
    @Nullable String wrote;
    int times;
    List<ReleasedReply> keptBack;
    @Nullable ReleasedReply suggested;
    @Nullable String why;
    List<Long> chosen;

    Draft(ConversationState of) {
      conversation = of.conversation();
      begins = of.begins();
      sequence = of.sequence();
      now = of.now();
      seen = of.seen();
      pending = of.pending();
      history = of.history();
      memory = of.memory();
      turns = of.turns();
      channel = of.channel();
      inbox = of.inbox();
      contact = of.contact();
      status = of.status();
      statusAt = of.statusAt();
      traceparent = of.traceparent();
      phase = of.phase();
      assigned = of.assigned();
      silenced = of.silenced();
      personWrote = of.personWrote();
      spoke = of.spoke();
      wrote = of.wrote();
      times = of.times();
      keptBack = of.keptBack();
      suggested = of.suggested();
      why = of.why();
      chosen = of.chosen();
    }

    ConversationState state() {
      return new ConversationState(
          conversation,
          sequence,
          now,
          seen,
          pending,
          history,
          memory,
          turns,
          channel,
          inbox,
          contact,
          status,
          statusAt,
          traceparent,
          phase,
          assigned,
          silenced,
          personWrote,
          spoke,
          wrote,
          times,
          keptBack,
          suggested,
          why,
          begins,
          chosen);
    }
  }
}
