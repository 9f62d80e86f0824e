package io.mcpcrew.intent.conversation;

import io.mcpcrew.intent.find.Found;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Answering;
import io.mcpcrew.schemas.contract.Attachment;
import io.mcpcrew.schemas.contract.Autonomy;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.Line;
import io.mcpcrew.schemas.contract.OpenWrite;
import io.mcpcrew.schemas.contract.PendingMessage;
import io.mcpcrew.schemas.contract.Phase;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.Reason;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.contract.Suspended;
import io.mcpcrew.schemas.contract.Task;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Opens turns, hands them on again, and gives them up.
final class Open {
  private final Rules rules;
  private final Instant now;
  private final Speaking speaking;
  private final Handovers handovers;
  private final Replies replies;

  Open(Rules rules, Instant now) {
    this.rules = rules;
    this.now = now;
    this.speaking = new Speaking(rules);
    this.handovers = new Handovers(rules, now);
    this.replies = new Replies(rules, now);
  }

  /// Asks for one of the account's places, if there is something to answer.
  Decision askForPlace(ConversationState state) {
    return new Decision(States.phase(state, waiting(state)), List.of(), List.of());
  }

  Phase waiting(ConversationState state) {
    return Turns.waiting(state, rules, now);
  }

  /// The account has a place for the conversation now. What a pause kept back goes first. One that
  /// does not wait needs no place.
  Decision place(ConversationState state) {
    Decision released =
        state.keptBack().isEmpty() ? Decision.idle(state) : new Pausing(rules, now).release(state);
    return switch (state.phase()) {
      case Waiting _ -> released.then(turn(released.state()));
      case Suspended suspended when suspended.approvedAt() != null ->
          released.then(new Approving(rules, now).goOn(released.state(), suspended));
      default -> released;
    };
  }

  /// The customer has waited long enough for a place.
  Decision noPlace(ConversationState state) {
    if (state.pending().isEmpty()) {
      return new Decision(States.phase(state, new Quiet(now)), List.of(), List.of());
    }
    Opened opened = opened(state);
    return handovers.handover(
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
      return handovers.handover(
          opened.state(),
          turn,
          List.of(),
          opened.wantsPerson()
              ? Sentences.forPerson(turn.language())
              : Sentences.byPerson(turn.language()),
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
        replies.reply(
            opened.turn(), ReplyKind.HANDOVER, List.of(), handovers.note(opened.turn(), because));
    return new Decision(
        Handovers.held(opened.state(), new HumanHeld(now, because)),
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
        null,
        List.of(),
        state.turnsSoFar());
  }

  /// The next attempt of a turn, unless it was lost too often: the same turn, with the place of its
  /// journal.
  Decision again(ConversationState state, Turn turn, List<OpenWrite> open, String because) {
    if (Turns.tries(turn) >= rules.limits().losses()) {
      return tooOften(state, turn, open, because);
    }
    Turn next = Turns.attempt(turn, turn.attempt() + 1, turn.journal());
    return new Decision(
        States.phase(state, new Answering(next, null, null, open, null)),
        List.of(new Command.Hand(next, false)),
        List.of(new Reason("retry", "attempt %d because %s".formatted(next.attempt(), because))));
  }

  /// It was tried often enough.
  Decision tooOften(ConversationState state, Turn turn, List<OpenWrite> open, String because) {
    return handovers.handover(
        state,
        turn,
        open,
        Sentences.sorry(turn.language()),
        because + " %d times".formatted(Turns.tries(turn)),
        List.of());
  }

  /// The customer has waited long enough for an answer.
  Decision late(ConversationState state, Turn turn, List<OpenWrite> open) {
    return handovers.handover(
        state,
        turn,
        open,
        Sentences.sorry(turn.language()),
        "no answer within the deadline",
        List.of());
  }
}
