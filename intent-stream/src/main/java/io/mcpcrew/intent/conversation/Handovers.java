package io.mcpcrew.intent.conversation;

import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Announced;
import io.mcpcrew.schemas.contract.Answering;
import io.mcpcrew.schemas.contract.Autonomy;
import io.mcpcrew.schemas.contract.BackingOff;
import io.mcpcrew.schemas.contract.Control;
import io.mcpcrew.schemas.contract.ControlKind;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.Delivery;
import io.mcpcrew.schemas.contract.DeliveryStatus;
import io.mcpcrew.schemas.contract.Gathering;
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
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.Waiting;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Gives conversations to people: the customer reads one honest sentence, the person a note.
final class Handovers {
  private static final String UNDELIVERED = "an answer could not be delivered";

  /// Parts of the keys of what nobody misses.
  private static final List<String> NOT_MISSED =
      List.of(ReleasedReply.HOLDING, "/note/", "/undelivered/");

  private final Rules rules;
  private final Instant now;
  private final Speaking speaking;
  private final Replies replies;

  Handovers(Rules rules, Instant now) {
    this.rules = rules;
    this.now = now;
    this.speaking = new Speaking(rules);
    this.replies = new Replies(rules, now);
  }

  /// What the customer reads who gets a person: also when, if nobody is there now.
  private String withOpening(String language, String sentence) {
    Tenant.Document document = rules.tenant().document();
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

  Content note(Turn turn, String because) {
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
    return handover(state, speaking.now(state, turn), turn, open, sentence, note, because, before);
  }

  /// @param autonomy how much the agent may say
  Decision handover(
      ConversationState state,
      Autonomy autonomy,
      Turn turn,
      List<OpenWrite> open,
      String sentence,
      String note,
      String because,
      List<Reason> before) {
    List<Reason> reasons = new ArrayList<>(before);
    reasons.add(new Reason("handover", because));
    if (Speaking.kindOf(autonomy) == null && open.isEmpty()) {
      reasons.add(new Reason("release", "only watching: nothing is sent"));
      return new Decision(
          States.phase(state, Turns.waiting(state, rules, now)), List.of(), reasons);
    }
    ReleasedReply reply =
        replies
            .reply(
                turn,
                ReplyKind.HANDOVER,
                Speaking.reachesCustomer(autonomy)
                    ? List.of(Content.of(withOpening(turn.language(), sentence)))
                    : List.of(),
                Content.of(note + mayHaveHappened(open)))
            .addressed(team(turn), turn.language());
    return new Decision(
        held(state, waitsForPerson(new HumanHeld(now, because))),
        List.of(new Command.Release(reply)),
        reasons);
  }

  /// Whom the account's settings send it to, by the first wish.
  private @Nullable String team(Turn turn) {
    return turn.tasks().stream()
        .findFirst()
        .flatMap(task ->
            rules
                .tenant()
                .document()
                .conduct()
                .handover()
                .team(task.intent().name(), turn.language()))
        .orElse(null);
  }

  /// The same, for a crew's own team where the account's settings name none.
  static Decision toTeam(Decision decision, @Nullable String team) {
    List<Command> commands =
        decision.commands().stream()
            .map(command ->
                command instanceof Command.Release(ReleasedReply reply)
                        && reply.kind() == ReplyKind.HANDOVER
                        && reply.team() == null
                    ? new Command.Release(reply.addressed(team, reply.language()))
                    : command)
            .toList();
    return new Decision(decision.state(), commands, decision.reasons());
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

  /// The conversation has become too large to be kept. A person has it, and the agent knows nothing
  /// of it any more.
  Decision tooLarge(ConversationState state) {
    String because = "the conversation is too large for the agent";
    List<Command> commands = new ArrayList<>(givenUp(state.phase(), because));
    commands.add(
        new Command.Release(
            replies.ofConversation(
                state,
                ReplyKind.HANDOVER,
                "too-large/" + state.sequence(),
                List.of(),
                Content.of(Sentences.tooLarge(rules.tenant().document().language())))));
    HumanHeld held = waitsForPerson(new HumanHeld(now, because));
    return new Decision(
        States.phase(States.wordless(state), held),
        commands,
        List.of(new Reason("handover", because)));
  }

  /// What the channel does not take is a person's to say. While a turn is at work, or a person has
  /// the conversation, only the note is written; of what is said about people's notes, and of this
  /// note itself, nothing is.
  Decision undelivered(ConversationState state, Delivery delivery) {
    boolean told = state.phase() instanceof HumanHeld held && held.because().equals(UNDELIVERED);
    if (told || NOT_MISSED.stream().anyMatch(delivery.replyKey()::contains)) {
      return Decision.idle(state);
    }
    boolean late = delivery.status() == DeliveryStatus.EXPIRED;
    ReleasedReply reply =
        replies.ofConversation(
            state,
            ReplyKind.HANDOVER,
            "undelivered/" + state.sequence(),
            List.of(),
            Content.of(
                Sentences.undelivered(
                    rules.tenant().document().language(),
                    late,
                    delivery.detail(),
                    words(delivery))));
    ConversationState next =
        state.phase() instanceof Quiet
            ? held(state, waitsForPerson(new HumanHeld(now, UNDELIVERED)))
            : state;
    return new Decision(
        next, List.of(new Command.Release(reply)), List.of(new Reason("handover", UNDELIVERED)));
  }

  private static String words(Delivery delivery) {
    ReleasedReply unsaid = delivery.withheld();
    return unsaid == null
        ? ""
        : unsaid.parts().stream().map(Content::readable).collect(Collectors.joining("\n\n"));
  }

  /// The customer has waited long enough for a person, and both are told. Where a label silences
  /// the agent, only the person is.
  Decision stillWaiting(ConversationState state, HumanHeld held) {
    Tenant.Document document = rules.tenant().document();
    boolean customerToo =
        !state.silenced() && Speaking.reachesCustomer(document.autonomyIn(state.inbox()));
    long minutes = document.conduct().patience().person().toMinutes();
    ReleasedReply reply =
        replies.ofConversation(
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
      case Suspended s -> s.open().isEmpty() ? List.of() : List.of(tell(s.turn(), s.open()));
      case Quiet _, Gathering _, Waiting _, HumanHeld _ -> List.of();
    };
  }

  private List<Command> givenUp(Turn turn, List<OpenWrite> open, String because) {
    Command cancel = cancel(turn, now, because);
    return open.isEmpty() ? List.of(cancel) : List.of(cancel, tell(turn, open));
  }

  private Command tell(Turn turn, List<OpenWrite> open) {
    var note = Content.of(mayHaveHappened(open).strip());
    return new Command.Release(replies.reply(turn, ReplyKind.HANDOVER, List.of(), note));
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

  static Command cancel(Turn turn, Instant now, String because) {
    return new Command.Advise(
        new Control(
            turn.turn().account(), turn.turn(), turn.attempt(), ControlKind.CANCEL, because, now));
  }
}
