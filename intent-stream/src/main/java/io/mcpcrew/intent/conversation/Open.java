package io.mcpcrew.intent.conversation;

import io.mcpcrew.intent.find.Found;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Answering;
import io.mcpcrew.schemas.contract.Attachment;
import io.mcpcrew.schemas.contract.Autonomy;
import io.mcpcrew.schemas.contract.BackingOff;
import io.mcpcrew.schemas.contract.Control;
import io.mcpcrew.schemas.contract.ControlKind;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.Gathering;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.JournalRange;
import io.mcpcrew.schemas.contract.Line;
import io.mcpcrew.schemas.contract.PendingMessage;
import io.mcpcrew.schemas.contract.Phase;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.Reason;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.contract.Task;
import io.mcpcrew.schemas.contract.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Opens turns, hands them on again, gives them up, and hands conversations over.
final class Open {
  private final Rules rules;
  private final Instant now;

  Open(Rules rules, Instant now) {
    this.rules = rules;
    this.now = now;
  }

  /// Makes one turn of all that is pending. Who asks for a person gets one at once, without a
  /// worker.
  Decision turn(ConversationState state) {
    if (state.pending().isEmpty()) {
      return new Decision(States.phase(state, new Quiet(now)), List.of(), List.of());
    }
    List<Line> lines = state.pending().stream().map(PendingMessage::line).toList();
    Found found =
        rules.finder().find(lines.stream().map(l -> l.text().readable()).toList(), rules.tenant());
    Turn turn = turn(state, lines, found);
    ConversationState opened =
        States.turns(States.pending(States.history(state, lines), List.of()), turn.turn().number());
    List<Reason> reasons = List.of(gathered(lines), intent(found));
    if (found.wantsPerson()) {
      return handover(
          opened,
          turn,
          Sentences.forPerson(turn.language()),
          "the customer asks for a person",
          reasons);
    }
    var answering = new Answering(turn, null, null, null);
    return new Decision(
        States.phase(opened, answering), List.of(new Command.Hand(turn, false)), reasons);
  }

  private static Reason gathered(List<Line> lines) {
    return new Reason(
        "gather",
        lines.size() + (lines.size() == 1 ? " message" : " messages") + " became one turn");
  }

  private static Reason intent(Found found) {
    return new Reason(
        "intent",
        String.format(
            Locale.ROOT,
            "%s (%.2f) by %s → crew %s",
            found.intent().name(),
            found.intent().confidence(),
            found.intent().because(),
            found.crew()));
  }

  private Turn turn(ConversationState state, List<Line> lines, Found found) {
    List<Attachment> attachments =
        state.pending().stream().flatMap(p -> p.attachments().stream()).toList();
    long newest = state.pending().stream().mapToLong(PendingMessage::number).max().orElse(0);
    return new Turn(
        new TurnId(state.conversation(), state.turns() + 1),
        1,
        lines,
        attachments,
        state.history(),
        List.of(new Task(found.intent(), found.entities(), found.crew())),
        state.memory(),
        state.channel(),
        state.inbox(),
        found.intent().language(),
        rules.tenant().document().autonomy(),
        rules.tenant().version(),
        newest,
        state.contact(),
        now,
        now.plus(rules.limits().deadline()),
        null);
  }

  /// The next attempt of a turn, if there may be one: the same turn, with the place of its journal.
  Decision again(ConversationState state, Turn turn, int partition, long workRead, String because) {
    if (turn.attempt() >= rules.limits().attempts()) {
      return handover(
          state,
          turn,
          Sentences.sorry(turn.language()),
          because + " %d times".formatted(turn.attempt()),
          List.of());
    }
    JournalRange earlier = turn.journal();
    long from = earlier == null ? 0 : earlier.fromOffset();
    Turn next = attempt(turn, turn.attempt() + 1, new JournalRange(partition, from, workRead));
    return new Decision(
        States.phase(state, new Answering(next, null, null, null)),
        List.of(new Command.Hand(next, false)),
        List.of(new Reason("retry", "attempt %d because %s".formatted(next.attempt(), because))));
  }

  static Turn attempt(Turn t, int attempt, @Nullable JournalRange journal) {
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
        t.deadline(),
        journal);
  }

  /// Gives the conversation to a person: the customer reads one honest sentence, the person a note.
  Decision handover(
      ConversationState state, Turn turn, String sentence, String because, List<Reason> before) {
    List<Reason> reasons = new ArrayList<>(before);
    reasons.add(new Reason("handover", because));
    String lastWords = turn.messages().isEmpty() ? "" : turn.messages().getLast().text().readable();
    String language = rules.tenant().document().language();
    var note = Content.of(Sentences.note(language, lastWords, because));
    ReleasedReply reply = reply(turn, ReplyKind.HANDOVER, List.of(Content.of(sentence)), note);
    return new Decision(
        States.phase(state, new HumanHeld(now, because)),
        List.of(new Command.Release(reply)),
        reasons);
  }

  ReleasedReply reply(Turn turn, ReplyKind kind, List<Content> parts, @Nullable Content note) {
    return new ReleasedReply(
        turn.turn(),
        turn.attempt(),
        turn.turn().toString(),
        kind,
        parts,
        note,
        turn.channel(),
        turn.inbox(),
        turn.replyTo(),
        now,
        now.plus(rules.limits().replyLife()));
  }

  /// What the tenant allows a finished reply to become.
  static @Nullable ReplyKind kindOf(Autonomy autonomy) {
    return switch (autonomy) {
      case ANSWER, CONFIRM -> ReplyKind.REPLY;
      case SUGGEST, UNKNOWN -> ReplyKind.SUGGESTION;
      case WATCH, OFF -> null;
    };
  }

  /// Tells the worker of the turn at hand that nobody waits for it any more.
  static List<Command> cancelled(Phase phase, Instant now, String because) {
    return switch (phase) {
      case Answering answering -> List.of(cancel(answering.turn(), now, because));
      case Quiet _, Gathering _, BackingOff _, HumanHeld _ -> List.of();
    };
  }

  static Command cancel(Turn turn, Instant now, String because) {
    return new Command.Advise(
        new Control(
            turn.turn().account(), turn.turn(), turn.attempt(), ControlKind.CANCEL, because, now));
  }
}
