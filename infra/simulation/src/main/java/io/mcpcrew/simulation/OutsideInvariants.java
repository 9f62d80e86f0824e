package io.mcpcrew.simulation;

import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.EffectClass;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Attempts, and the world outside: who may write when, and what happened there how often.
final class OutsideInvariants {
  private record UnderWay(int attempt, String path, long overAt, boolean heldUp) {}

  private final World world;
  private final Findings findings;
  private final ApprovalsAsked approvals;
  private final Map<TurnId, Integer> begun = new HashMap<>();
  private final Map<TurnId, List<UnderWay>> underWay = new HashMap<>();
  private final Map<String, Integer> posts = new HashMap<>();
  private final Set<String> postedInTheWindow = new HashSet<>();

  OutsideInvariants(World world, Findings findings, ApprovalsAsked approvals) {
    this.world = world;
    this.findings = findings;
    this.approvals = approvals;
  }

  void attemptBegins(Turn turn) {
    begun.merge(turn.turn(), turn.attempt(), Math::max);
    for (UnderWay call : underWay.getOrDefault(turn.turn(), List.of())) {
      boolean over = world.now() > call.overAt();
      findings.check(
          over || call.heldUp() || call.attempt() >= turn.attempt(),
          Invariant.ONE_WRITER,
          () ->
              "attempt %d of %s begins while a call of attempt %d is under way"
                  .formatted(turn.attempt(), turn.turn(), call.attempt()));
    }
  }

  void mayWrite(Turn turn, String path) {
    int newest = begun.getOrDefault(turn.turn(), 0);
    findings.check(
        newest <= turn.attempt(),
        Invariant.ONE_WRITER,
        () ->
            "attempt %d of %s may write %s although attempt %d has begun"
                .formatted(turn.attempt(), turn.turn(), path, newest));
  }

  void callLeaves(Turn turn, String path, String arguments, long allowedAt, long takes) {
    findings.check(
        !world.plan.asksFirst() || approvals.isApproved(turn.turn(), path, arguments),
        Invariant.APPROVED_FIRST,
        () -> "%s of %s is written and nobody has approved it".formatted(path, turn.turn()));
    boolean heldUp = world.now() - allowedAt > 50;
    if (heldUp) {
      findings.count("WINDOW_BEFORE_A_CALL");
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
      findings.count("WINDOW_BEFORE_A_POST");
      postedInTheWindow.add(reply.replyKey());
    }
    findings.check(
        times == 1 || postedInTheWindow.contains(reply.replyKey()),
        Invariant.NO_REPLY_TWICE,
        () -> "%s was posted %d times".formatted(reply.replyKey(), times));
    findings.check(
        !overAPerson,
        Invariant.SILENT_AFTER_A_PERSON,
        () -> reply.replyKey() + " was posted over a person's message that a look had shown");
  }

  void effectIsOnce(String where, Tools.Effects effects) {
    if (effects.happened <= 1) {
      return;
    }
    if (effects.effect == EffectClass.KEYED) {
      findings.broken(
          Invariant.KEYED_ONCE, () -> "%s happened %d times".formatted(where, effects.happened));
    } else if (effects.inTheWindow) {
      findings.count("WINDOW_EFFECT_TWICE");
    } else {
      findings.broken(
          Invariant.CHECKABLE_ONCE,
          () -> "%s (%s) happened %d times".formatted(where, effects.effect, effects.happened));
    }
  }
}
