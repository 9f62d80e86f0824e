package io.mcpcrew.simulation;

import io.mcpcrew.intent.conversation.AccountGate.Transitioned;
import io.mcpcrew.intent.conversation.Command;
import io.mcpcrew.intent.conversation.ConversationMachine;
import io.mcpcrew.intent.conversation.Input;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Announced;
import io.mcpcrew.schemas.contract.Answering;
import io.mcpcrew.schemas.contract.BackingOff;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.EffectClass;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.Phase;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.contract.Step;
import io.mcpcrew.schemas.contract.Suspended;
import io.mcpcrew.schemas.contract.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every turn ends once, in its time, and as its crew said where nothing goes wrong.
final class TurnInvariants {
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

  private final World world;
  private final Findings findings;
  private final Map<TurnId, Life> lives = new LinkedHashMap<>();
  private final Map<ConversationKey, Instant> mayBePostedUntil = new HashMap<>();

  TurnInvariants(World world, Findings findings) {
    this.world = world;
    this.findings = findings;
  }

  void turns(Transitioned step, @Nullable ConversationState before, ConversationState after) {
    TurnId held = before == null ? null : turnOf(before.phase());
    TurnId holds = turnOf(after.phase());
    boolean opened = after.turnsSoFar() > step.turnsBefore();
    if (opened) {
      var turn = new TurnId(after.conversation(), after.turns());
      Life twice = lives.put(turn, new Life(after.now()));
      findings.check(twice == null, Invariant.NO_NUMBER_TWICE, () -> turn + " was opened twice");
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
      findings.broken(
          Invariant.EVERY_TURN_ENDS, () -> "a reply of " + reply.turn() + ", which never was");
      return;
    }
    Content note = reply.note();
    life.personTold |= note != null && note.readable().contains("tool");
    if (!reply.parts().isEmpty()) {
      life.released++;
      findings.check(
          life.released == 1,
          Invariant.EVERY_TURN_ENDS,
          () -> reply.turn() + " was answered %d times".formatted(life.released));
    }
  }

  /// Until when something may be posted in a conversation.
  Instant mayBePostedUntil(ConversationKey key) {
    return mayBePostedUntil.getOrDefault(key, Instant.MIN);
  }

  /// Both sides are told that somebody still waits, or a note is answered; no turn comes to that.
  private static boolean isAside(ReleasedReply reply) {
    return Stream.of("/waits/", "/approval/", "/approved/", "/note/")
        .anyMatch(reply.replyKey()::contains);
  }

  private void ended(TurnId turn, Transitioned step, ConversationState after) {
    Life life = lives.get(turn);
    if (life == null || life.end != null) {
      findings.broken(Invariant.EVERY_TURN_ENDS, () -> turn + " ended without being open");
      return;
    }
    End end = end(step);
    life.end = end;
    findings.count("ENDED_IN_" + end);
    Duration took = Duration.between(life.openedAt, after.now());
    findings.check(
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

  void turnsHaveEnded() {
    lives.forEach((turn, life) ->
        findings.check(life.end != null, Invariant.EVERY_TURN_ENDS, () -> turn + " never ended"));
    for (ConversationState state : world.intent.shelf().conversations()) {
      findings.check(
          state.phase() instanceof Quiet || state.phase() instanceof HumanHeld,
          Invariant.EVERY_TURN_ENDS,
          () -> "%s is left %s".formatted(state.conversation(), state.phase()));
      findings.check(
          ConversationMachine.due(state, world.rules).isEmpty(),
          Invariant.FORGOTTEN_WHEN_IDLE,
          () -> "%s is not forgotten".formatted(state.conversation()));
    }
    lives.forEach(this::endIsTrue);
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
        findings.check(
            happened == 1,
            Invariant.KEYED_ONCE,
            () -> "%s was answered, and %s happened %d times".formatted(turn, path, happened));
      }
      if (effect == EffectClass.BLIND && open.containsKey(path) && happened > 0) {
        findings.check(
            life.personTold,
            Invariant.BLIND_REACHES_A_PERSON,
            () -> "%s %s may have happened and nobody was told".formatted(turn, path));
      }
    }
    if (world.plan.isUntroubled() && life.end != End.HANDOVER) {
      OutcomeKind said = script.end();
      findings.check(
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
}
