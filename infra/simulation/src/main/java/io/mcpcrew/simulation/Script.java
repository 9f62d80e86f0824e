package io.mcpcrew.simulation;

import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.EffectClass;
import io.mcpcrew.schemas.contract.OutcomeKind;
import java.util.ArrayList;
import java.util.List;

/// What a crew does in a turn; the same in every attempt, but for the rare one that asks for
/// something else the second time.
record Script(List<EffectClass> steps, OutcomeKind end, boolean wavers, int slowStep) {

  static Script of(TurnId turn, long seed) {
    var dice = new Dice(seed * 31 + turn.toString().hashCode());
    List<EffectClass> steps = new ArrayList<>();
    int count = 1 + dice.upTo(3);
    for (int i = 0; i < count; i++) {
      int kind = dice.upTo(10);
      steps.add(
          kind < 4
              ? EffectClass.READ
              : kind < 7
                  ? EffectClass.KEYED
                  : kind < 9 ? EffectClass.CHECKABLE : EffectClass.BLIND);
    }
    int end = dice.upTo(20);
    OutcomeKind outcome =
        end == 0 ? OutcomeKind.SILENCE : end == 1 ? OutcomeKind.HANDOVER : OutcomeKind.REPLY;
    return new Script(List.copyOf(steps), outcome, dice.chance(0.05), dice.upTo(4));
  }

  /// How long the call of a step may take once it has left: some systems are slow.
  long takes(int step) {
    return step == slowStep ? 20_000 : Tools.TAKES;
  }

  String arguments(int step, int attempt) {
    return "a" + step + (wavers && attempt > 1 ? "x" : "");
  }
}
