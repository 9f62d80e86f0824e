package io.mcpcrew.intent.conversation;

import io.mcpcrew.intent.find.Found;
import io.mcpcrew.runtime.tenant.Conduct;
import io.mcpcrew.runtime.tenant.Tenant;
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
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Opens turns, hands them on again, gives them up, and hands conversations over.
final class Open {
  /// Later than this the answer itself is near, or an apology.
  private static final Duration HOLDING_LIFE = Duration.ofSeconds(10);

  private final Rules rules;
  private final Instant now;

  private final Speaking speaking;

  Open(Rules rules, Instant now) {
    this.rules = rules;
    this.now = now;
    this.speaking = new Speaking(rules);
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

  /// The account has a place for the conversation now. What a pause kept back goes first. One that
  /// does not wait needs no place.
  Decision place(ConversationState state) {
    Decision released =
        state.keptBack().isEmpty() ? Decision.idle(state) : new Pausing(rules, now).release(state);
    return state.phase() instanceof Waiting ? released.then(turn(released.state())) : released;
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
  private record Opened(
      ConversationState state,
      Turn turn,
      Routing routing,
      boolean wantsPerson,
      List<Reason> reasons) {}

  private Opened opened(ConversationState state) {
    List<Line> lines = state.pending().stream().map(PendingMessage::line).toList();
    Found found =
        rules
            .finder()
            .find(lines.stream().map(l -> l.text().readable()).toList(), rules.tenant(), now);
    Routing routing = Routing.of(state, found, rules, now);
    Turn turn = turn(state, lines, found, routing);
    ConversationState without =
        States.turns(States.pending(States.history(state, lines), List.of()), turn.turn().number());
    List<Reason> reasons = new ArrayList<>();
    reasons.add(gathered(lines));
    found.wishes().stream().map(Open::intent).forEach(reasons::add);
    reasons.addAll(routing.reasons());
    return new Opened(
        Speaking.wrote(States.suggested(without, null), lines, now),
        turn,
        routing,
        found.wantsPerson(),
        reasons);
  }

  /// Makes one turn of all that is pending and not too old. Who asks for a person gets one at once,
  /// without a worker; a machine gets nothing.
  private Decision turn(ConversationState before) {
    ConversationState state = withoutOld(before);
    if (state.pending().isEmpty()) {
      return new Decision(States.phase(state, new Quiet(now)), List.of(), List.of());
    }
    Opened opened = opened(state);
    Turn turn = opened.turn();
    if (opened.wantsPerson() || opened.routing().person()) {
      return handover(
          opened.state(),
          turn,
          List.of(),
          forPerson(turn.language()),
          opened.wantsPerson() ? "the customer asks for a person" : "a route gives it to a person",
          opened.reasons());
    }
    if (speaking.isMachine(opened.state())) {
      return toPersonSilently(opened, "the same words again and again: perhaps a machine");
    }
    if (turn.autonomy() == Autonomy.OFF) {
      List<Reason> reasons = new ArrayList<>(opened.reasons());
      reasons.add(new Reason("route", "the agent is switched off for this"));
      return new Decision(States.phase(opened.state(), new Quiet(now)), List.of(), reasons);
    }
    var answering = new Answering(turn, null, null, List.of(), null);
    return new Decision(
        States.phase(opened.state(), answering),
        List.of(new Command.Hand(turn, opened.routing().urgent())),
        opened.reasons());
  }

  /// What waited too long, because of a pause or of an outage, is history.
  private ConversationState withoutOld(ConversationState state) {
    Instant oldest = now.minus(rules.tenant().document().answerWithin());
    List<PendingMessage> recent =
        state.pending().stream().filter(p -> !p.line().at().isBefore(oldest)).toList();
    if (recent.size() == state.pending().size()) {
      return state;
    }
    List<Line> old =
        state.pending().stream()
            .filter(p -> !recent.contains(p))
            .map(PendingMessage::line)
            .toList();
    return States.pending(States.history(state, old), recent);
  }

  /// The person reads why; the customer, who may be none, reads nothing.
  private Decision toPersonSilently(Opened opened, String because) {
    List<Reason> reasons = new ArrayList<>(opened.reasons());
    reasons.add(new Reason("brake", because));
    ReleasedReply reply =
        reply(opened.turn(), ReplyKind.HANDOVER, List.of(), note(opened.turn(), because));
    return new Decision(
        held(opened.state(), new HumanHeld(now, because)),
        List.of(new Command.Release(reply)),
        reasons);
  }

  private static Reason gathered(List<Line> lines) {
    return new Reason(
        "gather",
        lines.size() + (lines.size() == 1 ? " message" : " messages") + " became one turn");
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

  private Turn turn(ConversationState state, List<Line> lines, Found found, Routing routing) {
    List<Attachment> attachments =
        state.pending().stream().flatMap(p -> p.attachments().stream()).toList();
    long newest = state.pending().stream().mapToLong(PendingMessage::number).max().orElse(0);
    return new Turn(
        new TurnId(state.conversation(), state.turns() + 1),
        1,
        lines,
        attachments,
        state.history(),
        routing.tasks(),
        state.memory(),
        state.channel(),
        state.inbox(),
        found.language(),
        speaking.of(state, routing.tasks()),
        rules.tenant().version(),
        newest,
        state.contact(),
        now,
        now.plus(routing.deadline()),
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

  /// What the customer reads who gets a person: also when, if nobody is there now.
  private String forPerson(String language) {
    Tenant.Document document = rules.tenant().document();
    String sentence = Sentences.forPerson(language);
    return document
        .conduct()
        .opening()
        .next(now.atZone(document.timezone()))
        .map(opens -> sentence + " " + Sentences.opensAt(language, opens, now))
        .orElse(sentence);
  }

  /// Gives the conversation to a person: the customer reads one honest sentence, the person a note.
  Decision handover(
      ConversationState state,
      Turn turn,
      List<OpenWrite> open,
      String sentence,
      String because,
      List<Reason> before) {
    return handover(state, turn, open, sentence, note(turn, because).readable(), because, before);
  }

  private Content note(Turn turn, String because) {
    String lastWords = turn.messages().isEmpty() ? "" : turn.messages().getLast().text().readable();
    String language = rules.tenant().document().language();
    return Content.of(Sentences.note(language, lastWords, because));
  }

  /// Where nothing of the agent's reaches customers the sentence does not either, and who only
  /// watches says nothing at all.
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
    Autonomy autonomy = speaking.now(state, turn);
    if (Speaking.kindOf(autonomy) == null && open.isEmpty()) {
      reasons.add(new Reason("release", "only watching: nothing is sent"));
      return new Decision(States.phase(state, waiting(state)), List.of(), reasons);
    }
    ReleasedReply reply =
        reply(
            turn,
            ReplyKind.HANDOVER,
            Speaking.reachesCustomer(autonomy) ? List.of(Content.of(sentence)) : List.of(),
            Content.of(note + mayHaveHappened(open)));
    return new Decision(
        held(state, waitsForPerson(new HumanHeld(now, because))),
        List.of(new Command.Release(reply)),
        reasons);
  }

  /// The customer waits for the person now. While nobody is there, patience begins with the day.
  HumanHeld waitsForPerson(HumanHeld held) {
    if (held.waitsUntil() != null) {
      return held;
    }
    Tenant.Document document = rules.tenant().document();
    Instant from =
        document
            .conduct()
            .opening()
            .next(now.atZone(document.timezone()))
            .map(ZonedDateTime::toInstant)
            .orElse(now);
    return held.waitingUntil(from.plus(document.conduct().patience().person()));
  }

  /// The customer has waited long enough for a person, and both are told. Where a label silences
  /// the agent, only the person is.
  Decision stillWaiting(ConversationState state, HumanHeld held) {
    Tenant.Document document = rules.tenant().document();
    boolean customerToo =
        !state.silenced() && Speaking.reachesCustomer(document.autonomyIn(state.inbox()));
    long minutes = document.conduct().patience().person().toMinutes();
    ReleasedReply reply =
        ofConversation(
            state,
            ReplyKind.HANDOVER,
            "waits/" + state.sequence(),
            customerToo
                ? List.of(Content.of(Sentences.stillWaiting(document.language())))
                : List.of(),
            Content.of(Sentences.customerWaits(document.language(), minutes)));
    return new Decision(
        States.phase(state, held.waitingUntil(null)),
        List.of(new Command.Release(reply)),
        List.of(new Reason("presence", "the customer waits for a person: both are told")));
  }

  /// Nothing was said for a while: the customer is asked, and later the conversation is closed.
  Decision nothingSaid(ConversationState state, Quiet quiet) {
    Conduct.Patience patience = rules.tenant().document().conduct().patience();
    String language = rules.tenant().document().language();
    boolean asks = !quiet.followedUp() && patience.followUp() != null;
    if (!asks && patience.close() == null) {
      return new Decision(States.phase(state, new Quiet(quiet.since())), List.of(), List.of());
    }
    ReleasedReply reply =
        ofConversation(
            state,
            asks ? ReplyKind.REPLY : ReplyKind.CLOSING,
            (asks ? "follow-up/" : "close/") + state.sequence(),
            List.of(Content.of(asks ? Sentences.anythingElse(language) : Sentences.bye(language))),
            null);
    Duration close = patience.close();
    Quiet next = new Quiet(quiet.since(), asks && close != null ? now.plus(close) : null, asks);
    return new Decision(
        States.phase(state, next),
        List.of(new Command.Release(reply)),
        List.of(new Reason("release", asks ? "asks whether anything is left" : "closes")));
  }

  /// The agent has answered and nothing is asked: when it is to say something of its own accord.
  Quiet quietAfterAnswer() {
    Conduct.Patience patience = rules.tenant().document().conduct().patience();
    Duration first = patience.followUp() != null ? patience.followUp() : patience.close();
    return first == null ? new Quiet(now) : new Quiet(now, now.plus(first), false);
  }

  /// Of the conversation rather than of a turn's work.
  ReleasedReply ofConversation(
      ConversationState state,
      ReplyKind kind,
      String name,
      List<Content> parts,
      @Nullable Content note) {
    var turn = new TurnId(state.conversation(), Math.max(1, state.turns()));
    return new ReleasedReply(
        turn,
        1,
        turn + "/" + name,
        kind,
        parts,
        note,
        state.channel(),
        state.inbox(),
        state.seen().highest(),
        now,
        now.plus(rules.limits().replyLife()));
  }

  /// A person has the word. What is not answered yet is theirs to read.
  static ConversationState held(ConversationState state, HumanHeld held) {
    return States.phase(read(state), held);
  }

  /// Nothing is pending any more; all of it was read by a person.
  static ConversationState read(ConversationState state) {
    List<Line> unanswered = state.pending().stream().map(PendingMessage::line).toList();
    return States.pending(States.history(state, unanswered), List.of());
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

  /// Says that the turn is being worked; the same in every attempt.
  ReleasedReply holding(Turn turn, Content line) {
    return new ReleasedReply(
        turn.turn(),
        turn.attempt(),
        turn.turn() + ReleasedReply.HOLDING,
        ReplyKind.REPLY,
        List.of(line),
        null,
        turn.channel(),
        turn.inbox(),
        turn.replyTo(),
        now,
        now.plus(HOLDING_LIFE));
  }

  static Command cancel(Turn turn, Instant now, String because) {
    return new Command.Advise(
        new Control(
            turn.turn().account(), turn.turn(), turn.attempt(), ControlKind.CANCEL, because, now));
  }
}
