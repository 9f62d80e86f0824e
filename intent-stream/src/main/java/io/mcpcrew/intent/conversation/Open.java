package io.mcpcrew.intent.conversation;

import io.mcpcrew.intent.find.Found;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Announced;
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
import io.mcpcrew.schemas.contract.OpenWrite;
import io.mcpcrew.schemas.contract.PendingMessage;
import io.mcpcrew.schemas.contract.Phase;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.Reason;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.contract.Task;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Opens turns, hands them on again, gives them up, and hands conversations over.
final class Open {
  private final Rules rules;
  private final Instant now;

  Open(Rules rules, Instant now) {
    this.rules = rules;
    this.now = now;
  }

  /// Asks for one of the account's places, if there is something to answer.
  Decision askForPlace(ConversationState state) {
    return new Decision(States.phase(state, waiting(state)), List.of(), List.of());
  }

  Phase waiting(ConversationState state) {
    return state.pending().isEmpty()
        ? new Quiet(now)
        : new Waiting(now, now.plus(rules.limits().deadline()));
  }

  /// The account has a place for the conversation now. One that does not wait needs none.
  Decision place(ConversationState state) {
    return state.phase() instanceof Waiting ? turn(state) : Decision.idle(state);
  }

  /// The customer has waited long enough for a place.
  Decision noPlace(ConversationState state) {
    if (state.pending().isEmpty()) {
      return new Decision(States.phase(state, new Quiet(now)), List.of(), List.of());
    }
    Opened opened = opened(state);
    return handover(
        opened.state(),
        opened.turn(),
        List.of(),
        Sentences.sorry(opened.turn().language()),
        "no place within the deadline",
        opened.reasons());
  }

  /// A turn of all that was pending, in a state in which nothing is.
  private record Opened(ConversationState state, Turn turn, Found found, List<Reason> reasons) {}

  private Opened opened(ConversationState state) {
    List<Line> lines = state.pending().stream().map(PendingMessage::line).toList();
    Found found =
        rules
            .finder()
            .find(lines.stream().map(l -> l.text().readable()).toList(), rules.tenant(), now);
    Turn turn = turn(state, lines, found);
    ConversationState without =
        States.turns(States.pending(States.history(state, lines), List.of()), turn.turn().number());
    return new Opened(without, turn, found, reasons(lines, found));
  }

  /// Makes one turn of all that is pending. Who asks for a person gets one at once, without a
  /// worker.
  private Decision turn(ConversationState state) {
    if (state.pending().isEmpty()) {
      return new Decision(States.phase(state, new Quiet(now)), List.of(), List.of());
    }
    Opened opened = opened(state);
    Turn turn = opened.turn();
    if (opened.found().wantsPerson()) {
      return handover(
          opened.state(),
          turn,
          List.of(),
          Sentences.forPerson(turn.language()),
          "the customer asks for a person",
          opened.reasons());
    }
    var answering = new Answering(turn, null, null, List.of(), null);
    return new Decision(
        States.phase(opened.state(), answering),
        List.of(new Command.Hand(turn, false)),
        opened.reasons());
  }

  private static Reason gathered(List<Line> lines) {
    return new Reason(
        "gather",
        lines.size() + (lines.size() == 1 ? " message" : " messages") + " became one turn");
  }

  private static List<Reason> reasons(List<Line> lines, Found found) {
    return Stream.concat(Stream.of(gathered(lines)), found.wishes().stream().map(Open::intent))
        .toList();
  }

  private static Reason intent(Task wish) {
    return new Reason(
        "intent",
        String.format(
            Locale.ROOT,
            "%s (%.2f) by %s → crew %s",
            wish.intent().name(),
            wish.intent().confidence(),
            wish.intent().because(),
            wish.crew()));
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
        found.wishes(),
        state.memory(),
        state.channel(),
        state.inbox(),
        found.language(),
        rules.tenant().document().autonomy(),
        rules.tenant().version(),
        newest,
        state.contact(),
        now,
        now.plus(rules.limits().deadline()),
        null);
  }

  /// The next attempt of a turn, if there may be one: the same turn, with the place of its journal.
  Decision again(ConversationState state, Turn turn, List<OpenWrite> open, String because) {
    if (turn.attempt() >= rules.limits().attempts()) {
      return handover(
          state,
          turn,
          open,
          Sentences.sorry(turn.language()),
          because + " %d times".formatted(turn.attempt()),
          List.of());
    }
    Turn next = attempt(turn, turn.attempt() + 1, turn.journal());
    return new Decision(
        States.phase(state, new Answering(next, null, null, open, null)),
        List.of(new Command.Hand(next, false)),
        List.of(new Reason("retry", "attempt %d because %s".formatted(next.attempt(), because))));
  }

  /// The customer has waited long enough for an answer.
  Decision late(ConversationState state, Turn turn, List<OpenWrite> open) {
    return handover(
        state,
        turn,
        open,
        Sentences.sorry(turn.language()),
        "no answer within the deadline",
        List.of());
  }

  static Turn attempt(Turn t, int attempt, @Nullable JournalRange journal) {
    return changed(t, attempt, t.deadline(), journal);
  }

  static Turn until(Turn t, Instant deadline) {
    return changed(t, t.attempt(), deadline, t.journal());
  }

  private static Turn changed(
      Turn t, int attempt, Instant deadline, @Nullable JournalRange journal) {
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
        journal);
  }

  /// Gives the conversation to a person: the customer reads one honest sentence, the person a note.
  Decision handover(
      ConversationState state,
      Turn turn,
      List<OpenWrite> open,
      String sentence,
      String because,
      List<Reason> before) {
    String lastWords = turn.messages().isEmpty() ? "" : turn.messages().getLast().text().readable();
    String language = rules.tenant().document().language();
    return handover(
        state, turn, open, sentence, Sentences.note(language, lastWords, because), because, before);
  }

  Decision handover(
      ConversationState state,
      Turn turn,
      List<OpenWrite> open,
      String sentence,
      String note,
      String because,
      List<Reason> before) {
    List<Reason> reasons = new ArrayList<>(before);
    reasons.add(new Reason("handover", because));
    ReleasedReply reply =
        reply(
            turn,
            ReplyKind.HANDOVER,
            List.of(Content.of(sentence)),
            Content.of(note + mayHaveHappened(open)));
    return new Decision(
        held(state, new HumanHeld(now, because)), List.of(new Command.Release(reply)), reasons);
  }

  /// A person has the word. What is not answered yet is theirs to read.
  static ConversationState held(ConversationState state, HumanHeld held) {
    List<Line> unanswered = state.pending().stream().map(PendingMessage::line).toList();
    ConversationState read = States.pending(States.history(state, unanswered), List.of());
    return States.phase(read, held);
  }

  /// A person has taken the conversation. Of writes that may have happened they must know.
  List<Command> givenUp(Phase phase, String because) {
    return switch (phase) {
      case Answering a -> givenUp(a.turn(), a.open(), because);
      case BackingOff b -> b.open().isEmpty() ? List.of() : List.of(tell(b.turn(), b.open()));
      case Quiet _, Gathering _, Waiting _, HumanHeld _ -> List.of();
    };
  }

  private List<Command> givenUp(Turn turn, List<OpenWrite> open, String because) {
    Command cancel = cancel(turn, now, because);
    return open.isEmpty() ? List.of(cancel) : List.of(cancel, tell(turn, open));
  }

  private Command tell(Turn turn, List<OpenWrite> open) {
    var note = Content.of(mayHaveHappened(open).strip());
    return new Command.Release(reply(turn, ReplyKind.HANDOVER, List.of(), note));
  }

  /// Tells the person who has the conversation of a write that was announced too late.
  Command tell(ConversationState state, Announced announced) {
    String tool = announced.tool();
    return new Command.Release(
        new ReleasedReply(
            announced.turn(),
            announced.attempt(),
            announced.idempotencyKey() + "/late",
            ReplyKind.HANDOVER,
            List.of(),
            Content.of(
                Sentences.mayHaveHappened(rules.tenant().document().language(), List.of(tool))),
            state.channel(),
            state.inbox(),
            state.seen().highest(),
            now,
            now.plus(rules.limits().replyLife())));
  }

  private String mayHaveHappened(List<OpenWrite> open) {
    String language = rules.tenant().document().language();
    return open.isEmpty()
        ? ""
        : "\n" + Sentences.mayHaveHappened(language, open.stream().map(OpenWrite::tool).toList());
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

  static Command cancel(Turn turn, Instant now, String because) {
    return new Command.Advise(
        new Control(
            turn.turn().account(), turn.turn(), turn.attempt(), ControlKind.CANCEL, because, now));
  }
}
