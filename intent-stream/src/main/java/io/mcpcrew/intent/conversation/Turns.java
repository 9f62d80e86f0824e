package io.mcpcrew.intent.conversation;

import io.mcpcrew.schemas.contract.Approval;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.JournalRange;
import io.mcpcrew.schemas.contract.Phase;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Changes to a turn between its attempts. What it answers never changes.
final class Turns {
  private Turns() {}

  static Turn attempt(Turn t, int attempt, @Nullable JournalRange journal) {
    return changed(t, attempt, t.deadline(), journal, t.approvals());
  }

  static Turn until(Turn t, Instant deadline) {
    return changed(t, t.attempt(), deadline, t.journal(), t.approvals());
  }

  /// With the journal of its attempts so far.
  static Turn fencedAt(Turn turn, Input.Worked worked) {
    JournalRange journal = turn.journal();
    long from = journal == null ? worked.position() : journal.fromOffset();
    return attempt(
        turn, turn.attempt(), new JournalRange(worked.partition(), from, worked.position()));
  }

  static Turn approved(Turn t, Approval approval) {
    List<Approval> all = Stream.concat(t.approvals().stream(), Stream.of(approval)).toList();
    return changed(t, t.attempt(), t.deadline(), t.journal(), all);
  }

  /// How often it was tried because an attempt before it had failed. Each approval has an attempt
  /// of its own, and none of them is a failure.
  static int tries(Turn turn) {
    return turn.attempt() - turn.approvals().size();
  }

  /// Who has something to answer asks for one of the account's places.
  static Phase waiting(ConversationState state, Rules rules, Instant now) {
    return state.pending().isEmpty()
        ? new Quiet(now)
        : new Waiting(now, now.plus(rules.limits().deadline()));
  }

  private static Turn changed(
      Turn t,
      int attempt,
      Instant deadline,
      @Nullable JournalRange journal,
      List<Approval> approvals) {
    return new Turn(
        t.turn(),
        attempt,
        t.messages(),
        t.attachments(),
        t.history(),
        t.tasks(),
        t.memory(),
        t.channel(),
        t.inbox(),
        t.language(),
        t.autonomy(),
        t.settingsVersion(),
        t.replyTo(),
        t.contact(),
        t.openedAt(),
        deadline,
        journal,
        approvals,
        t.earlier());
  }
}
