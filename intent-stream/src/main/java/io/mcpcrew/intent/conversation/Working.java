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
import io.mcpcrew.schemas.contract.Control;
import io.mcpcrew.schemas.contract.ControlKind;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.Fenced;
import io.mcpcrew.schemas.contract.Gathering;
import io.mcpcrew.schemas.contract.Gone;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.JournalRange;
import io.mcpcrew.schemas.contract.Line;
import io.mcpcrew.schemas.contract.OpenWrite;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.Reason;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.contract.Step;
import io.mcpcrew.schemas.contract.Suspended;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What workers do to a conversation. Only the current attempt of the current turn is heard; what a
/// given-up attempt still says changes nothing.
final class Working {
  /// An idle conversation must stay small.
  private static final int LONGEST_WHY = 160;

  /// The clocks of two brokers differ by less. Who is silent is waited for by as much longer than a
  /// worker's own lease; who is gone is not.
  private static final Duration CLOCKS = Duration.ofSeconds(2);

  private final Rules rules;
  private final Instant now;
  private final Open open;
  private final Handovers handovers;
  private final Speaking speaking;

  Working(Rules rules, Instant now) {
    this.rules = rules;
    this.now = now;
    this.open = new Open(rules, now);
    this.handovers = new Handovers(rules, now);
    this.speaking = new Speaking(rules);
  }

  Decision hear(ConversationState state, Input.Worked worked) {
    return switch (worked.work().event()) {
      case Alive _ -> Decision.idle(state);
      case Step step -> step(state, step);
      case Claimed claimed -> claimed(state, claimed, worked);
      case Announced announced -> announced(state, announced);
      case Concluded concluded -> concluded(state, concluded, worked);
      case Fenced fenced -> fenced(state, fenced, worked);
      case Gone _ -> gone(state, worked.work().worker());
    };
  }

  private Decision claimed(ConversationState state, Claimed claimed, Input.Worked worked) {
    if (!(state.phase() instanceof Answering a)
        || !isCurrent(a, claimed.turn(), claimed.attempt())) {
      return tooLate(state, claimed);
    }
    if (a.worker() != null) {
      return Decision.idle(state);
    }
    Turn turn = a.turn();
    if (turn.journal() == null) {
      turn = withJournal(turn, worked.partition(), worked.position(), worked.position());
    }
    String worker = worked.work().worker();
    var taken =
        new Answering(turn, worker, now.plus(rules.limits().lease()), a.open(), a.fencedAt());
    return new Decision(
        States.phase(state, taken),
        List.of(),
        List.of(new Reason("claim", "taken by worker " + worker)));
  }

  /// Who claims what was given up need not work it.
  private Decision tooLate(ConversationState state, Claimed claimed) {
    var cancel =
        new Control(
            claimed.turn().account(),
            claimed.turn(),
            claimed.attempt(),
            ControlKind.CANCEL,
            "given up before it was claimed",
            now);
    return new Decision(state, List.of(new Command.Advise(cancel)), List.of());
  }

  private static Turn withJournal(Turn turn, int partition, long from, long fence) {
    return Turns.attempt(turn, turn.attempt(), new JournalRange(partition, from, fence));
  }

  private static boolean isCurrent(Answering answering, TurnId turn, int attempt) {
    return answering.turn().turn().equals(turn) && answering.turn().attempt() == attempt;
  }

  private Decision announced(ConversationState state, Announced announced) {
    if (state.phase() instanceof Answering a
        && isCurrent(a, announced.turn(), announced.attempt())) {
      var write =
          new OpenWrite(
              announced.path(), announced.tool(), announced.effect(), announced.takesMs());
      List<OpenWrite> open = new ArrayList<>(without(a.open(), announced.path()));
      open.add(write);
      return withOpen(state, a, open);
    }
    return holds(state, announced.turn()) ? Decision.idle(state) : tooLate(state, announced);
  }

  private static boolean holds(ConversationState state, TurnId turn) {
    return switch (state.phase()) {
      case Answering a -> a.turn().turn().equals(turn);
      case BackingOff b -> b.turn().turn().equals(turn);
      case Suspended s -> s.turn().turn().equals(turn);
      case Quiet _, Gathering _, Waiting _, HumanHeld _ -> false;
    };
  }

  /// The turn was given to a person, and its worker, which has not heard of that, is about to
  /// write. The person must know. (Where another attempt has the turn nothing need be done: the
  /// lease of this one is over, or its key is that of the other.)
  private Decision tooLate(ConversationState state, Announced announced) {
    return new Decision(
        state,
        List.of(handovers.tell(state, announced)),
        List.of(new Reason("work", "a write was announced after the turn was given up")));
  }

  /// A step at the place of an announced write says what came of it.
  private Decision step(ConversationState state, Step step) {
    if (!(state.phase() instanceof Answering a) || !isCurrent(a, step.turn(), step.attempt())) {
      return Decision.idle(state);
    }
    return step.isHolding()
        ? holding(state, a.turn(), step)
        : withOpen(state, a, without(a.open(), step.path()));
  }

  /// The turn takes long, and the customer is told what is being done. Not an answer: no brake
  /// counts it, and a pause does not keep it for later.
  private Decision holding(ConversationState state, Turn turn, Step step) {
    Content line = step.result();
    if (line == null || rules.paused() || !Speaking.reachesCustomer(speaking.now(state, turn))) {
      return Decision.idle(state);
    }
    return new Decision(
        state,
        List.of(new Command.Release(new Replies(rules, now).holding(turn, line))),
        List.of(new Reason("release", "the turn takes long: says what is being done")));
  }

  private static List<OpenWrite> without(List<OpenWrite> open, String path) {
    return open.stream().filter(write -> !write.path().equals(path)).toList();
  }

  private static Decision withOpen(ConversationState state, Answering a, List<OpenWrite> open) {
    var answering = new Answering(a.turn(), a.worker(), a.leaseUntil(), open, a.fencedAt());
    return new Decision(States.phase(state, answering), List.of(), List.of());
  }

  /// Nothing leaves any more of what the worker held: its lease is over now. What it has said lies
  /// before this, and is heard before the fence is.
  private Decision gone(ConversationState state, String worker) {
    if (!(state.phase() instanceof Answering a) || !worker.equals(a.worker())) {
      return Decision.idle(state);
    }
    List<OpenWrite> open = a.open().stream().map(Working::sentByThen).toList();
    var ended = new Answering(a.turn(), worker, now, open, a.fencedAt());
    return a.fencedAt() == null
        ? Passing.fence(state, ended, now, "worker %s has ended".formatted(worker))
        : new Decision(States.phase(state, ended), List.of(), List.of());
  }

  /// The call left before the worker had ended, and is over after its time by whichever clock.
  private static OpenWrite sentByThen(OpenWrite write) {
    return new OpenWrite(
        write.path(), write.tool(), write.effect(), write.takesMs() + CLOCKS.toMillis());
  }

  /// Everything that the attempt could say before it may be given up has been heard now.
  private Decision fenced(ConversationState state, Fenced fenced, Input.Worked worked) {
    if (!(state.phase() instanceof Answering a)
        || !isCurrent(a, fenced.turn(), fenced.attempt())
        || a.fencedAt() == null) {
      return Decision.idle(state);
    }
    if (!now.isBefore(a.turn().deadline())) {
      Decision late = open.late(state, a.turn(), a.open());
      List<Command> commands = new ArrayList<>(late.commands());
      commands.add(Handovers.cancel(a.turn(), now, "too late"));
      return new Decision(late.state(), commands, late.reasons());
    }
    Instant lease = rules.leaseEnd(a, worked.lastSign());
    if (lease == null || now.isBefore(lease)) {
      var alive = new Answering(a.turn(), a.worker(), lease, a.open(), null);
      return new Decision(States.phase(state, alive), List.of(), List.of());
    }
    return silent(state, a, lease, fenced.because(), worked);
  }

  /// The next attempt begins only when no call of the lost one can still be under way: the last one
  /// left before the lease was over.
  private Decision silent(
      ConversationState state, Answering a, Instant lease, String because, Input.Worked worked) {
    Turn turn = Turns.fencedAt(a.turn(), worked);
    Instant until = lease.plusMillis(longest(a.open()));
    if (now.isBefore(until)) {
      return new Decision(
          States.phase(state, new BackingOff(turn, until, because, a.open())),
          List.of(),
          List.of(new Reason("retry", because + "; a write of it may still be under way")));
    }
    return open.again(state, turn, a.open(), because);
  }

  private static long longest(List<OpenWrite> open) {
    return open.stream().mapToLong(OpenWrite::takesMs).max().orElse(0);
  }

  private Decision concluded(ConversationState state, Concluded concluded, Input.Worked worked) {
    if (!(state.phase() instanceof Answering a)
        || !isCurrent(a, concluded.turn(), concluded.attempt())) {
      return Decision.idle(state);
    }
    ConversationState remembered =
        States.why(States.memory(state, concluded.memory()), why(a.turn(), concluded));
    return switch (concluded.outcome()) {
      case REPLY -> reply(remembered, a, concluded);
      case SILENCE ->
          new Decision(
              goOn(remembered), List.of(), List.of(new Reason("silence", concluded.reason())));
      case HANDOVER -> handover(remembered, a, concluded);
      // What it remembers comes with its last attempt: the next one must come to the same place.
      case AWAITS_APPROVAL ->
          new Approving(rules, now)
              .suspend(States.why(state, why(a.turn(), concluded)), a, concluded, worked);
      case FAILED, UNKNOWN -> failed(remembered, a, concluded, worked);
    };
  }

  /// In a line: what was found, who worked it, and how it ended.
  private static String why(Turn turn, Concluded concluded) {
    String found =
        turn.tasks().stream()
            .map(task -> "%s → %s".formatted(task.intent().name(), task.crew()))
            .collect(Collectors.joining(", "));
    String line = found + ": " + concluded.reason();
    return line.length() <= LONGEST_WHY ? line : line.substring(0, LONGEST_WHY - 1) + "…";
  }

  private Decision reply(ConversationState state, Answering a, Concluded concluded) {
    Turn turn = a.turn();
    ReplyKind kind = Speaking.kindOf(speaking.now(state, turn));
    if (kind == null) {
      return new Decision(
          goOn(state), List.of(), List.of(new Reason("release", "only watching: nothing is sent")));
    }
    if (kind != ReplyKind.REPLY) {
      return released(state, turn, kind, concluded, "a suggestion: a person sends it");
    }
    if (speaking.isTooMuch(state, now)) {
      return handovers.handover(
          state,
          turn,
          a.open(),
          Sentences.sorry(turn.language()),
          "too many answers within an hour",
          List.of(new Reason("brake", "the agent has answered too often within an hour")));
    }
    List<Line> said =
        concluded.reply().stream().map(part -> new Line(Author.OUR_AGENT, part, now)).toList();
    return released(
        Speaking.spoke(States.history(state, said), now),
        turn,
        kind,
        concluded,
        "the turn is current and no person has written");
  }

  private Decision released(
      ConversationState state, Turn turn, ReplyKind kind, Concluded concluded, String why) {
    ConversationState next = goOn(state);
    boolean answered = kind == ReplyKind.REPLY && next.phase() instanceof Quiet;
    Content note =
        kind == ReplyKind.SUGGESTION
            ? Content.of(Sentences.suggestion(rules.tenant().document().language()))
            : concluded.note();
    ReleasedReply reply =
        new Replies(rules, now)
            .reply(turn, kind, concluded.reply(), note)
            .offering(concluded.choices());
    ConversationState kept = kind == ReplyKind.SUGGESTION ? States.suggested(next, reply) : next;
    return new Decision(
        answered ? States.phase(kept, new Idling(rules, now).afterAnswer()) : kept,
        List.of(new Command.Release(reply)),
        List.of(new Reason("release", why)));
  }

  private Decision handover(ConversationState state, Answering a, Concluded concluded) {
    Turn turn = a.turn();
    String sentence =
        concluded.reply().isEmpty()
            ? Sentences.byPerson(turn.language())
            : concluded.reply().getFirst().readable();
    Content note = concluded.note();
    Decision decision =
        note == null
            ? handovers.handover(state, turn, a.open(), sentence, concluded.reason(), List.of())
            : handovers.handover(
                state,
                turn,
                a.open(),
                sentence,
                handovers.note(turn, concluded.reason()).readable() + "\n" + note.readable(),
                concluded.reason(),
                List.of());
    return Handovers.toTeam(decision, concluded.team());
  }

  /// The worker says itself that its attempt is over, so nothing need be fenced.
  private Decision failed(
      ConversationState state, Answering a, Concluded concluded, Input.Worked worked) {
    Turn turn = Turns.fencedAt(a.turn(), worked);
    if (Turns.tries(turn) >= rules.limits().attempts()) {
      return open.tooOften(state, turn, a.open(), concluded.reason());
    }
    Instant until = now.plus(rules.limits().backOff().multipliedBy(turn.attempt()));
    return new Decision(
        States.phase(state, new BackingOff(turn, until, concluded.reason(), a.open())),
        List.of(),
        List.of(new Reason("retry", "the attempt failed: " + concluded.reason())));
  }

  /// What was written meanwhile is the next turn.
  private ConversationState goOn(ConversationState state) {
    return States.phase(state, open.waiting(state));
  }
}
