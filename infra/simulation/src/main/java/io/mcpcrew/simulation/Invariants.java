package io.mcpcrew.simulation;

import io.mcpcrew.intent.conversation.AccountGate.Transitioned;
import io.mcpcrew.intent.conversation.ConversationMachine;
import io.mcpcrew.intent.conversation.Decision;
import io.mcpcrew.intent.conversation.Input;
import io.mcpcrew.intent.conversation.ShelfInMemory;
import io.mcpcrew.intent.replay.Replay;
import io.mcpcrew.intent.replay.StateHash;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.Quiet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Watches a history. What a transaction takes back is not held against anybody; everything is said
/// of what is read committed, and of the world outside.
final class Invariants {
  private record Recorded(Input input, Instant at, Decision decision) {}

  final Findings findings;
  final MessageInvariants messages;
  final ApprovalsAsked approvals;
  final OutsideInvariants outside;
  private final World world;
  private final TurnInvariants turns;
  private final UnreadInvariants unread;
  private final Map<ConversationKey, List<Recorded>> recorded = new LinkedHashMap<>();
  private final Set<String> numbers = new HashSet<>();

  Invariants(World world) {
    this.world = world;
    this.findings = new Findings(world);
    this.messages = new MessageInvariants(findings);
    this.approvals = new ApprovalsAsked(findings);
    this.outside = new OutsideInvariants(world, findings, approvals);
    this.turns = new TurnInvariants(world, findings);
    this.unread = new UnreadInvariants(world);
  }

  /// What to hold against a decision, once it is committed.
  Runnable decided(Transitioned step, Instant at, long readMessages, long readWork) {
    String lying = unread.unreadThatMatters(step, at, readMessages, readWork);
    boolean personSeen =
        UnreadInvariants.releasesReply(step.decision())
            && unread.personWrote(step, at, readMessages);
    return () -> committed(step, at, lying, personSeen);
  }

  private void committed(
      Transitioned step, Instant at, @Nullable String unread, boolean personSeen) {
    ConversationState before = step.before();
    ConversationState after = step.after();
    findings.check(unread == null, Invariant.NO_TIMER_ON_THE_UNREAD, () -> String.valueOf(unread));
    findings.check(
        !personSeen,
        Invariant.SILENT_AFTER_A_PERSON,
        () ->
            "a reply was released in %s after a person had written"
                .formatted(after.conversation()));
    findings.check(
        before == null || !after.now().isBefore(before.now()),
        Invariant.TIME_GOES_ON,
        () -> "%s went back to %s".formatted(after.conversation(), after.now()));
    findings.check(
        isBounded(after),
        Invariant.STATE_IS_BOUNDED,
        () -> "%s holds %s".formatted(after.conversation(), after));
    findings.check(
        numbers.add(after.conversation() + "/" + after.sequence()),
        Invariant.NO_NUMBER_TWICE,
        () -> "%s had a transition %d before".formatted(after.conversation(), after.sequence()));
    if (step.decision().forgets()) {
      forgotten(after, at);
    }
    messages.follow(step, before, after);
    approvals.asked(step, after);
    turns.turns(step, before, after);
    recorded
        .computeIfAbsent(after.conversation(), _ -> new ArrayList<>())
        .add(new Recorded(step.input(), at, step.decision()));
  }

  private void forgotten(ConversationState state, Instant at) {
    findings.count("FORGOTTEN");
    Instant until = turns.mayBePostedUntil(state.conversation());
    findings.check(
        (state.phase() instanceof Quiet || state.phase() instanceof HumanHeld)
            && state.pending().isEmpty()
            && state.keptBack().isEmpty()
            && until.isBefore(at),
        Invariant.FORGOTTEN_WHEN_IDLE,
        () -> "%s was forgotten as %s".formatted(state.conversation(), state));
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
    findings.check(
        taken == holding && taken <= world.plan.places(),
        Invariant.PLACES_ARE_KEPT,
        () -> "%d places are taken, %d are held".formatted(taken, holding));
    boolean idle = waiting > 0 && taken < world.plan.places();
    findings.check(
        !idle, Invariant.PLACES_ARE_KEPT, () -> "somebody waits although there is a place");
  }

  void atTheEnd() {
    messages.messagesAreAccountedFor();
    turns.turnsHaveEnded();
    world.tools.effects.forEach(outside::effectIsOnce);
    recorded.forEach(this::replays);
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
        findings.broken(
            Invariant.REPLAYS_THE_SAME,
            () -> "%s is another after transition %d".formatted(key, was.sequence()));
        return;
      }
      last = decision.state();
      state = decision.forgets() ? null : last;
    }
    // Equal states have equal hashes, so looking at the last is looking at all.
    ConversationState recordedLast = steps.getLast().decision().state();
    findings.check(
        last != null && StateHash.of(last).equals(StateHash.of(recordedLast)),
        Invariant.REPLAYS_THE_SAME,
        () -> key + " ends in a state of another hash");
  }
}
