package io.mcpcrew.simulation;

import io.mcpcrew.intent.conversation.AccountGate.Transitioned;
import io.mcpcrew.intent.conversation.Command;
import io.mcpcrew.intent.conversation.ConversationMachine;
import io.mcpcrew.intent.conversation.Decision;
import io.mcpcrew.intent.conversation.Input;
import io.mcpcrew.intent.conversation.ShelfInMemory;
import io.mcpcrew.intent.replay.Replay;
import io.mcpcrew.intent.replay.StateHash;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Alive;
import io.mcpcrew.schemas.contract.Announced;
import io.mcpcrew.schemas.contract.Answering;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.BackingOff;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.EffectClass;
import io.mcpcrew.schemas.contract.EventKind;
import io.mcpcrew.schemas.contract.Gathering;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.PendingMessage;
import io.mcpcrew.schemas.contract.Phase;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.contract.Step;
import io.mcpcrew.schemas.contract.Suspended;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Watches a history. What a transaction takes back is not held against anybody; everything is said
/// of what is read committed, and of the world outside.
final class Invariants {
  /// What may lie unread by the clocks of two brokers and a reader's last fetch.
  private static final Duration UNREAD =
      Duration.ofMillis(World.BROKER_SKEW + 3 * IntentActor.FETCHES_WITHIN);

  /// How a turn ended.
  private enum End {
    REPLY,
    SILENCE,
    HANDOVER,
    PERSON
  }

  private static final class Life {
    final Instant openedAt;
    int released;
    @Nullable End end;
    boolean personTold;

    Life(Instant openedAt) {
      this.openedAt = openedAt;
    }
  }

  private record Recorded(Input input, Instant at, Decision decision) {}

  private record UnderWay(int attempt, String path, long overAt, boolean heldUp) {}

  private final World world;
  private final List<History.Violation> violations = new ArrayList<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private final Set<Long> accepted = new LinkedHashSet<>();
  private final Map<Long, Integer> inTurns = new HashMap<>();
  private final Set<Long> inHistory = new HashSet<>();
  private final Map<TurnId, Life> lives = new LinkedHashMap<>();
  private final Map<TurnId, Integer> begun = new HashMap<>();
  private final Map<TurnId, List<UnderWay>> underWay = new HashMap<>();
  private final Map<String, Suspended> requests = new HashMap<>();
  private final Set<String> approved = new HashSet<>();
  private final Map<String, Integer> posts = new HashMap<>();
  private final Set<String> postedInTheWindow = new HashSet<>();
  private final Map<ConversationKey, List<Recorded>> recorded = new LinkedHashMap<>();
  private final Map<ConversationKey, Instant> mayBePostedUntil = new HashMap<>();
  private final Set<String> numbers = new HashSet<>();

  Invariants(World world) {
    this.world = world;
  }

  List<History.Violation> violations() {
    return List.copyOf(violations);
  }

  Map<String, Integer> counts() {
    return counts;
  }

  void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  void broken(Invariant invariant, Supplier<String> what) {
    String said = what.get();
    violations.add(new History.Violation(invariant, world.now(), said));
    world.tell(() -> "BROKEN %s: %s".formatted(invariant, said));
  }

  private void check(boolean holds, Invariant invariant, Supplier<String> what) {
    if (!holds) {
      broken(invariant, what);
    }
  }

  // ------------------------------------------------------------------ a transition

  void accepted(ConversationEvent event) {
    if (event.author() == Author.CUSTOMER) {
      accepted.add(number(event.text()));
    }
  }

  /// What to hold against a decision, once it is committed.
  Runnable decided(Transitioned step, Instant at, long readMessages, long readWork) {
    String unread = unreadThatMatters(step, at, readMessages, readWork);
    boolean personSeen = releasesReply(step.decision()) && personWrote(step, at, readMessages);
    return () -> committed(step, at, unread, personSeen);
  }

  private void committed(
      Transitioned step, Instant at, @Nullable String unread, boolean personSeen) {
    ConversationState before = step.before();
    ConversationState after = step.after();
    check(unread == null, Invariant.NO_TIMER_ON_THE_UNREAD, () -> String.valueOf(unread));
    check(
        !personSeen,
        Invariant.SILENT_AFTER_A_PERSON,
        () ->
            "a reply was released in %s after a person had written"
                .formatted(after.conversation()));
    check(
        before == null || !after.now().isBefore(before.now()),
        Invariant.TIME_GOES_ON,
        () -> "%s went back to %s".formatted(after.conversation(), after.now()));
    check(
        isBounded(after),
        Invariant.STATE_IS_BOUNDED,
        () -> "%s holds %s".formatted(after.conversation(), after));
    check(
        numbers.add(after.conversation() + "/" + after.sequence()),
        Invariant.NO_NUMBER_TWICE,
        () -> "%s had a transition %d before".formatted(after.conversation(), after.sequence()));
    if (step.decision().forgets()) {
      forgotten(after, at);
    }
    follow(step, before, after);
    asked(step, after);
    turns(step, before, after);
    recorded
        .computeIfAbsent(after.conversation(), _ -> new ArrayList<>())
        .add(new Recorded(step.input(), at, step.decision()));
  }

  private void forgotten(ConversationState state, Instant at) {
    count("FORGOTTEN");
    Instant until = mayBePostedUntil.getOrDefault(state.conversation(), Instant.MIN);
    check(
        (state.phase() instanceof Quiet || state.phase() instanceof HumanHeld)
            && state.pending().isEmpty()
            && state.keptBack().isEmpty()
            && until.isBefore(at),
        Invariant.FORGOTTEN_WHEN_IDLE,
        () -> "%s was forgotten as %s".formatted(state.conversation(), state));
  }

  /// What a person is asked for, by the key of the request.
  private void asked(Transitioned step, ConversationState after) {
    for (Command command : step.decision().commands()) {
      if (command instanceof Command.Release(ReleasedReply reply)
          && isRequest(reply)
          && after.phase() instanceof Suspended s) {
        count("ASKED_FOR_APPROVAL");
        requests.put(reply.replyKey(), s);
      }
    }
  }

  static boolean isRequest(ReleasedReply reply) {
    return reply.kind() == ReplyKind.HANDOVER && reply.replyKey().contains("/approval/");
  }

  private Suspended request(ReleasedReply reply) {
    return Objects.requireNonNull(requests.get(reply.replyKey()));
  }

  /// What the request says that it is called.
  String number(ReleasedReply request) {
    Turn turn = request(request).turn();
    int which = turn.approvals().size() + 1;
    return turn.turn().number() + (which == 1 ? "" : "." + which);
  }

  /// A person has read the request and is about to approve it.
  void approved(ReleasedReply request) {
    count("APPROVED");
    approved.add(request(request).approval());
  }

  private static boolean isBounded(ConversationState state) {
    boolean idle = state.phase() instanceof Quiet || state.phase() instanceof HumanHeld;
    return state.history().size() <= 8
        && state.seen().recent().size() <= 64
        && (!idle || state.pending().isEmpty());
  }

  void placesAreKept(ShelfInMemory shelf) {
    int held = 0;
    int waiting = 0;
    for (ConversationState state : shelf.conversations()) {
      held += ConversationMachine.holdsPlace(state) ? 1 : 0;
      waiting += ConversationMachine.waitsSince(state).isPresent() ? 1 : 0;
    }
    int holding = held;
    int taken = shelf.taken(World.ACCOUNT);
    check(
        taken == holding && taken <= world.plan.places(),
        Invariant.PLACES_ARE_KEPT,
        () -> "%d places are taken, %d are held".formatted(taken, holding));
    boolean idle = waiting > 0 && taken < world.plan.places();
    check(!idle, Invariant.PLACES_ARE_KEPT, () -> "somebody waits although there is a place");
  }

  // ------------------------------------------------------------------ messages

  private void follow(
      Transitioned step, @Nullable ConversationState before, ConversationState after) {
    Set<Long> was = before == null ? Set.of() : pending(before);
    Set<Long> is = pending(after);
    boolean opened = after.turnsSoFar() > step.turnsBefore();
    for (Long number : was) {
      if (!is.contains(number)) {
        if (opened) {
          inTurns.merge(number, 1, Integer::sum);
        } else {
          inHistory.add(number);
        }
      }
    }
    if (step.input() instanceof Input.Happened(ConversationEvent event)
        && event.kind() == EventKind.MESSAGE
        && event.author() == Author.CUSTOMER) {
      long number = number(event.text());
      if (!is.contains(number) && !inTurns.containsKey(number)) {
        inHistory.add(number);
      }
    }
  }

  private static Set<Long> pending(ConversationState state) {
    return state.pending().stream()
        .map(PendingMessage::line)
        .map(line -> number(line.text()))
        .collect(Collectors.toSet());
  }

  private static long number(@Nullable Content text) {
    String words = text == null ? "" : text.readable();
    int end = words.indexOf(' ');
    return end < 0 ? -1 : Long.parseLong(words.substring(0, end));
  }

  // ------------------------------------------------------------------ turns

  private void turns(
      Transitioned step, @Nullable ConversationState before, ConversationState after) {
    TurnId held = before == null ? null : turnOf(before.phase());
    TurnId holds = turnOf(after.phase());
    boolean opened = after.turnsSoFar() > step.turnsBefore();
    if (opened) {
      var turn = new TurnId(after.conversation(), after.turns());
      Life twice = lives.put(turn, new Life(after.now()));
      check(twice == null, Invariant.NO_NUMBER_TWICE, () -> turn + " was opened twice");
      if (holds == null) {
        ended(turn, step, after);
      }
    }
    if (held != null && !held.equals(holds)) {
      ended(held, step, after);
    }
    for (Command command : step.decision().commands()) {
      if (command instanceof Command.Release(ReleasedReply reply)) {
        released(reply);
      }
    }
  }

  private void released(ReleasedReply reply) {
    mayBePostedUntil.merge(
        reply.turn().conversation(), reply.expiresAt(), (a, b) -> a.isAfter(b) ? a : b);
    if (isAside(reply)) {
      return;
    }
    Life life = lives.get(reply.turn());
    if (life == null) {
      broken(Invariant.EVERY_TURN_ENDS, () -> "a reply of " + reply.turn() + ", which never was");
      return;
    }
    Content note = reply.note();
    life.personTold |= note != null && note.readable().contains("tool");
    if (!reply.parts().isEmpty()) {
      life.released++;
      check(
          life.released == 1,
          Invariant.EVERY_TURN_ENDS,
          () -> reply.turn() + " was answered %d times".formatted(life.released));
    }
  }

  /// Both sides are told that somebody still waits, or a note is answered; no turn comes to that.
  private static boolean isAside(ReleasedReply reply) {
    return Stream.of("/waits/", "/approval/", "/approved/", "/note/")
        .anyMatch(reply.replyKey()::contains);
  }

  private void ended(TurnId turn, Transitioned step, ConversationState after) {
    Life life = lives.get(turn);
    if (life == null || life.end != null) {
      broken(Invariant.EVERY_TURN_ENDS, () -> turn + " ended without being open");
      return;
    }
    End end = end(step);
    life.end = end;
    count("ENDED_IN_" + end);
    Duration took = Duration.between(life.openedAt, after.now());
    check(
        took.compareTo(longest()) <= 0,
        Invariant.EVERY_TURN_ENDS,
        () -> "%s took %s".formatted(turn, took));
  }

  private static End end(Transitioned step) {
    for (Command command : step.decision().commands()) {
      if (command instanceof Command.Release(ReleasedReply reply)
          && !reply.parts().isEmpty()
          && !isAside(reply)) {
        return reply.kind() == ReplyKind.REPLY ? End.REPLY : End.HANDOVER;
      }
    }
    return step.input() instanceof Input.Worked ? End.SILENCE : End.PERSON;
  }

  /// A deadline and a fence, and as long as intent-stream was away.
  private Duration longest() {
    long away =
        world.plan.faults().stream()
            .filter(t ->
                t.fault() == Fault.INTENT_CRASHES
                    || t.fault() == Fault.INTENT_IS_AWAY
                    || t.fault() == Fault.NETWORK_IS_SLOW)
            .mapToLong(Plan.Trouble::lasts)
            .sum();
    long hits = world.plan.hit().size() * 120_000L;
    Duration attempt = World.DEADLINE.plusSeconds(30);
    // A turn has three writes at most, and each is asked for.
    Duration asking =
        world.plan.asksFirst()
            ? attempt.plus(World.DEADLINE).plus(World.APPROVAL).multipliedBy(3)
            : Duration.ZERO;
    return attempt.plus(asking).plusMillis(away + hits);
  }

  private static @Nullable TurnId turnOf(Phase phase) {
    return switch (phase) {
      case Answering a -> a.turn().turn();
      case BackingOff b -> b.turn().turn();
      case Suspended s -> s.turn().turn();
      default -> null;
    };
  }

  // ------------------------------------------------------------------ time and people

  /// What lies unread, is older than the decision, and would have kept what it gives up.
  private @Nullable String unreadThatMatters(
      Transitioned step, Instant at, long readMessages, long readWork) {
    ConversationState before = step.before();
    if (before == null) {
      return null;
    }
    boolean byTime = step.input() instanceof Input.TimeCame;
    boolean byFence =
        step.input() instanceof Input.Worked w
            && w.work().event() instanceof io.mcpcrew.schemas.contract.Fenced;
    if (before.phase() instanceof Answering a && (byTime || byFence)) {
      boolean keeps =
          step.after().phase() instanceof Answering b
              && b.turn().turn().equals(a.turn().turn())
              && b.turn().attempt() == a.turn().attempt();
      return keeps ? null : unreadWork(a, at, readWork);
    }
    if (before.phase() instanceof Gathering && byTime) {
      return unreadMessage(step.after(), at, readMessages);
    }
    return null;
  }

  private @Nullable String unreadWork(Answering a, Instant at, long read) {
    for (long offset = read; offset < world.work.size(); offset++) {
      Kafka.Entry entry = world.work.entry(offset);
      if (!entry.isVisible() || !isOlder(entry, at)) {
        continue;
      }
      Work said = (Work) entry.value();
      boolean keeps =
          switch (said.event()) {
            case Concluded c ->
                c.turn().equals(a.turn().turn()) && c.attempt() == a.turn().attempt();
            case Alive _ -> said.worker().equals(a.worker());
            default -> false;
          };
      if (keeps) {
        return "%s was given up although %s lay unread".formatted(a.turn().turn(), said);
      }
    }
    return null;
  }

  private @Nullable String unreadMessage(ConversationState after, Instant at, long read) {
    for (long offset = read; offset < world.messages.size(); offset++) {
      Kafka.Entry entry = world.messages.entry(offset);
      ConversationEvent event = (ConversationEvent) entry.value();
      Long number = event.messageNumber();
      if (event.conversation().equals(after.conversation())
          && event.author() == Author.CUSTOMER
          && isOlder(entry, at)
          && number != null
          && !after.seen().recent().contains(number)) {
        return "message %d of %s lay unread when its turn was opened"
            .formatted(number, after.conversation());
      }
    }
    return null;
  }

  private static boolean isOlder(Kafka.Entry entry, Instant at) {
    return World.BEGAN.plusMillis(entry.time()).isBefore(at.minus(UNREAD));
  }

  private static boolean releasesReply(Decision decision) {
    return decision.commands().stream()
        .anyMatch(c ->
            c instanceof Command.Release(ReleasedReply reply)
                && reply.kind() == ReplyKind.REPLY
                && !reply.parts().isEmpty());
  }

  private boolean personWrote(Transitioned step, Instant at, long read) {
    ConversationState before = step.before();
    if (before == null || !(before.phase() instanceof Answering a)) {
      return false;
    }
    Set<Long> seen = new HashSet<>();
    for (long offset = 0; offset < world.messages.size(); offset++) {
      Kafka.Entry entry = world.messages.entry(offset);
      ConversationEvent event = (ConversationEvent) entry.value();
      Long number = event.messageNumber();
      if (event.author() != Author.HUMAN_AGENT
          || event.kind() != EventKind.MESSAGE
          || number == null
          || !event.conversation().equals(before.conversation())
          || !seen.add(number)) {
        continue;
      }
      boolean since =
          World.BEGAN.plusMillis(entry.time()).isAfter(a.turn().openedAt().plus(UNREAD));
      if (since && (offset < read || isOlder(entry, at))) {
        return true;
      }
    }
    return false;
  }

  // ------------------------------------------------------------------ attempts and the world
  // outside

  void attemptBegins(Turn turn) {
    begun.merge(turn.turn(), turn.attempt(), Math::max);
    for (UnderWay call : underWay.getOrDefault(turn.turn(), List.of())) {
      boolean over = world.now() > call.overAt();
      check(
          over || call.heldUp() || call.attempt() >= turn.attempt(),
          Invariant.ONE_WRITER,
          () ->
              "attempt %d of %s begins while a call of attempt %d is under way"
                  .formatted(turn.attempt(), turn.turn(), call.attempt()));
    }
  }

  void mayWrite(Turn turn, String path) {
    int newest = begun.getOrDefault(turn.turn(), 0);
    check(
        newest <= turn.attempt(),
        Invariant.ONE_WRITER,
        () ->
            "attempt %d of %s may write %s although attempt %d has begun"
                .formatted(turn.attempt(), turn.turn(), path, newest));
  }

  void callLeaves(Turn turn, String path, String arguments, long allowedAt, long takes) {
    check(
        !world.plan.asksFirst()
            || approved.contains("%s/%s#%s".formatted(turn.turn(), path, arguments)),
        Invariant.APPROVED_FIRST,
        () -> "%s of %s is written and nobody has approved it".formatted(path, turn.turn()));
    boolean heldUp = world.now() - allowedAt > 50;
    if (heldUp) {
      count("WINDOW_BEFORE_A_CALL");
    }
    underWay
        .computeIfAbsent(turn.turn(), _ -> new ArrayList<>())
        .add(new UnderWay(turn.attempt(), path, world.now() + takes, heldUp));
  }

  void callIsOver(Turn turn, String path) {
    underWay
        .getOrDefault(turn.turn(), new ArrayList<>())
        .removeIf(call -> call.attempt() == turn.attempt() && call.path().equals(path));
  }

  void posted(ReleasedReply reply, boolean inTheWindow, boolean overAPerson) {
    int times = posts.merge(reply.replyKey(), 1, Integer::sum);
    if (inTheWindow) {
      count("WINDOW_BEFORE_A_POST");
      postedInTheWindow.add(reply.replyKey());
    }
    check(
        times == 1 || postedInTheWindow.contains(reply.replyKey()),
        Invariant.NO_REPLY_TWICE,
        () -> "%s was posted %d times".formatted(reply.replyKey(), times));
    check(
        !overAPerson,
        Invariant.SILENT_AFTER_A_PERSON,
        () -> reply.replyKey() + " was posted over a person's message that a look had shown");
  }

  // ------------------------------------------------------------------ when all is over

  void atTheEnd() {
    messagesAreAccountedFor();
    turnsHaveEnded();
    world.tools.effects.forEach(this::effectIsOnce);
    lives.forEach(this::endIsTrue);
    recorded.forEach(this::replays);
  }

  private void messagesAreAccountedFor() {
    for (Long number : accepted) {
      int times = inTurns.getOrDefault(number, 0) + (inHistory.contains(number) ? 1 : 0);
      check(
          times == 1,
          Invariant.EVERY_MESSAGE_ONCE,
          () -> "message %d is in %d turns or histories".formatted(number, times));
    }
  }

  private void turnsHaveEnded() {
    lives.forEach((turn, life) ->
        check(life.end != null, Invariant.EVERY_TURN_ENDS, () -> turn + " never ended"));
    for (ConversationState state : world.intent.shelf().conversations()) {
      check(
          state.phase() instanceof Quiet || state.phase() instanceof HumanHeld,
          Invariant.EVERY_TURN_ENDS,
          () -> "%s is left %s".formatted(state.conversation(), state.phase()));
      check(
          ConversationMachine.due(state, world.rules).isEmpty(),
          Invariant.FORGOTTEN_WHEN_IDLE,
          () -> "%s is not forgotten".formatted(state.conversation()));
    }
  }

  private void effectIsOnce(String where, Tools.Effects effects) {
    if (effects.happened <= 1) {
      return;
    }
    if (effects.effect == EffectClass.KEYED) {
      broken(Invariant.KEYED_ONCE, () -> "%s happened %d times".formatted(where, effects.happened));
    } else if (effects.inTheWindow) {
      count("WINDOW_EFFECT_TWICE");
    } else {
      broken(
          Invariant.CHECKABLE_ONCE,
          () -> "%s (%s) happened %d times".formatted(where, effects.effect, effects.happened));
    }
  }

  private void endIsTrue(TurnId turn, Life life) {
    Script script = Script.of(turn, world.plan.seed());
    Map<String, EffectClass> open = openWrites(turn);
    for (int i = 0; i < script.steps().size(); i++) {
      String path = "crew/1/" + i;
      EffectClass effect = script.steps().get(i);
      Tools.Effects effects = world.tools.effects.get(turn + " " + path);
      int happened = effects == null ? 0 : effects.happened;
      if (effect == EffectClass.KEYED && life.end == End.REPLY) {
        check(
            happened == 1,
            Invariant.KEYED_ONCE,
            () -> "%s was answered, and %s happened %d times".formatted(turn, path, happened));
      }
      if (effect == EffectClass.BLIND && open.containsKey(path) && happened > 0) {
        check(
            life.personTold,
            Invariant.BLIND_REACHES_A_PERSON,
            () -> "%s %s may have happened and nobody was told".formatted(turn, path));
      }
    }
    if (world.plan.isUntroubled() && life.end != End.HANDOVER) {
      OutcomeKind said = script.end();
      check(
          life.end != null && said.name().equals(life.end.name()),
          Invariant.NOTHING_FOR_NOTHING,
          () -> "%s ended in %s and not in %s".formatted(turn, life.end, said));
    }
  }

  /// Announced, and never known what came of it.
  private Map<String, EffectClass> openWrites(TurnId turn) {
    Map<String, EffectClass> open = new HashMap<>();
    Set<String> known = new HashSet<>();
    for (long offset = 0; offset < world.work.size(); offset++) {
      Kafka.Entry entry = world.work.entry(offset);
      if (!entry.isVisible()) {
        continue;
      }
      switch (((Work) entry.value()).event()) {
        case Announced a when a.turn().equals(turn) -> open.put(a.path(), a.effect());
        case Step s when s.turn().equals(turn) -> known.add(s.path());
        default -> {}
      }
    }
    open.keySet().removeAll(known);
    return open;
  }

  private void replays(ConversationKey key, List<Recorded> steps) {
    ConversationState state = null;
    ConversationState last = null;
    for (Recorded step : steps) {
      ConversationState was = step.decision().state();
      ConversationState start =
          state == null ? ConversationMachine.unknown(key, step.at(), was.sequence() - 1) : state;
      Decision decision =
          Replay.step(start, new Replay.Given(step.input(), step.at(), world.rules, null));
      if (!decision.state().equals(was) || decision.forgets() != step.decision().forgets()) {
        broken(
            Invariant.REPLAYS_THE_SAME,
            () -> "%s is another after transition %d".formatted(key, was.sequence()));
        return;
      }
      last = decision.state();
      state = decision.forgets() ? null : last;
    }
    // Equal states have equal hashes, so looking at the last is looking at all.
    ConversationState recordedLast = steps.getLast().decision().state();
    check(
        last != null && StateHash.of(last).equals(StateHash.of(recordedLast)),
        Invariant.REPLAYS_THE_SAME,
        () -> key + " ends in a state of another hash");
  }
}
