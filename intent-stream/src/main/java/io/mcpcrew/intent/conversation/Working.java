package io.mcpcrew.intent.conversation;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Alive;
import io.mcpcrew.schemas.contract.Announced;
import io.mcpcrew.schemas.contract.Answering;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.BackingOff;
import io.mcpcrew.schemas.contract.Claimed;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.Gathering;
import io.mcpcrew.schemas.contract.JournalRange;
import io.mcpcrew.schemas.contract.Line;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.Reason;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.contract.Step;
import io.mcpcrew.schemas.contract.Turn;
import java.time.Instant;
import java.util.List;

/// What workers do to a conversation. Only the current attempt of the current turn is heard; what a
/// given-up attempt still says changes nothing.
final class Working {
  private final Rules rules;
  private final Instant now;
  private final Open open;

  Working(Rules rules, Instant now) {
    this.rules = rules;
    this.now = now;
    this.open = new Open(rules, now);
  }

  Decision hear(ConversationState state, Input.Worked worked) {
    return switch (worked.work().event()) {
      case Alive _ -> Decision.idle(state);
      case Step _ -> Decision.idle(state);
      case Claimed claimed -> claimed(state, claimed, worked);
      case Announced announced -> announced(state, announced);
      case Concluded concluded -> concluded(state, concluded);
    };
  }

  private Decision claimed(ConversationState state, Claimed claimed, Input.Worked worked) {
    if (state.phase() instanceof Answering a
        && isCurrent(a, claimed.turn(), claimed.attempt())
        && a.worker() == null) {
      JournalRange journal = a.turn().journal();
      long from = journal == null ? worked.position() : journal.fromOffset();
      long fence = journal == null ? worked.position() - 1 : journal.fenceOffset();
      Turn turn =
          Open.attempt(
              a.turn(), a.turn().attempt(), new JournalRange(worked.partition(), from, fence));
      var taken =
          new Answering(
              turn, worked.work().worker(), now.plus(rules.limits().lease()), a.writingUntil());
      return new Decision(
          States.phase(state, taken),
          List.of(),
          List.of(new Reason("claim", "taken by worker " + worked.work().worker())));
    }
    return Decision.idle(state);
  }

  private static boolean isCurrent(Answering answering, TurnId turn, int attempt) {
    return answering.turn().turn().equals(turn) && answering.turn().attempt() == attempt;
  }

  private Decision announced(ConversationState state, Announced announced) {
    if (state.phase() instanceof Answering a
        && isCurrent(a, announced.turn(), announced.attempt())) {
      Instant known = a.writingUntil();
      Instant over =
          known != null && known.isAfter(announced.overAt()) ? known : announced.overAt();
      return new Decision(
          States.phase(state, new Answering(a.turn(), a.worker(), a.leaseUntil(), over)),
          List.of(),
          List.of());
    }
    return Decision.idle(state);
  }

  private Decision concluded(ConversationState state, Concluded concluded) {
    if (!(state.phase() instanceof Answering a)
        || !isCurrent(a, concluded.turn(), concluded.attempt())) {
      return Decision.idle(state);
    }
    ConversationState remembered = States.memory(state, concluded.memory());
    return switch (concluded.outcome()) {
      case REPLY -> reply(remembered, a.turn(), concluded);
      case SILENCE ->
          new Decision(
              goOn(remembered), List.of(), List.of(new Reason("silence", concluded.reason())));
      case HANDOVER -> handover(remembered, a.turn(), concluded);
      case FAILED, UNKNOWN -> failed(remembered, a.turn(), concluded);
    };
  }

  private Decision reply(ConversationState state, Turn turn, Concluded concluded) {
    ReplyKind kind = Open.kindOf(turn.autonomy());
    if (kind == null) {
      return new Decision(
          goOn(state), List.of(), List.of(new Reason("release", "only watching: nothing is sent")));
    }
    List<Line> said =
        kind == ReplyKind.REPLY
            ? concluded.reply().stream().map(part -> new Line(Author.OUR_AGENT, part, now)).toList()
            : List.of();
    return new Decision(
        goOn(States.history(state, said)),
        List.of(new Command.Release(open.reply(turn, kind, concluded.reply(), concluded.note()))),
        List.of(new Reason("release", "the turn is current and no person has written")));
  }

  private Decision handover(ConversationState state, Turn turn, Concluded concluded) {
    String sentence =
        concluded.reply().isEmpty()
            ? Sentences.forPerson(turn.language())
            : concluded.reply().getFirst().readable();
    Decision given = open.handover(state, turn, sentence, concluded.reason(), List.of());
    Content note = concluded.note();
    if (note == null) {
      return given;
    }
    var reply = open.reply(turn, ReplyKind.HANDOVER, List.of(Content.of(sentence)), note);
    return new Decision(given.state(), List.of(new Command.Release(reply)), given.reasons());
  }

  private Decision failed(ConversationState state, Turn turn, Concluded concluded) {
    Instant until = now.plus(rules.limits().backOff().multipliedBy(turn.attempt()));
    return new Decision(
        States.phase(state, new BackingOff(turn, until, concluded.reason())),
        List.of(),
        List.of(new Reason("retry", "the attempt failed: " + concluded.reason())));
  }

  /// What was written meanwhile is the next turn, at once.
  private ConversationState goOn(ConversationState state) {
    return States.phase(
        state, state.pending().isEmpty() ? new Quiet(now) : new Gathering(now, now));
  }
}
