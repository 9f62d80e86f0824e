package io.mcpcrew.simulation;

import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.EffectClass;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// The systems behind the tools: slow, away, or lying about what they did, and of three classes.
final class Tools {
  /// How long most calls may take once they have left.
  static final long TAKES = 3_000;

  /// How long after a call's end its effect may still come.
  static final long SETTLES = 8_000;

  /// What a caller learns.
  enum Answer {
    DONE,
    DECLINED,
    /// Nothing: an error, or no answer at all.
    UNKNOWN
  }

  /// A write of a turn, as the world outside has it.
  static final class Effects {
    final EffectClass effect;
    int happened;
    boolean inTheWindow;

    Effects(EffectClass effect) {
      this.effect = effect;
    }
  }

  /// A write on its way.
  ///
  /// @param allowedAt when the worker's rules last said that it may leave
  record Call(
      TurnId turn,
      String path,
      String key,
      String arguments,
      EffectClass effect,
      long takes,
      long allowedAt) {}

  private final World world;
  private final Map<String, String> argumentsOfKeys = new HashMap<>();
  private final Map<String, Boolean> byKey = new HashMap<>();
  final Map<String, Effects> effects = new HashMap<>();

  Tools(World world) {
    this.world = world;
  }

  /// @param answered what the caller gets, unless it has given up before
  void call(Machine caller, Call call, Consumer<Answer> answered) {
    long leftAt = world.now();
    int asker = caller.life();
    caller.send(() -> {
      if (world.is(Fault.TOOLS_ARE_AWAY)) {
        caller.answered(asker, () -> answered.accept(Answer.UNKNOWN)).run();
        return;
      }
      long takes =
          world.is(Fault.TOOLS_ARE_SLOW)
              ? world.dice.mostlyLittle(100, 30_000)
              : world.dice.between(2, 300);
      world.scheduler.after(
          takes,
          () -> {
            boolean done = happens(call, leftAt);
            boolean lies = world.is(Fault.TOOLS_LIE) && world.dice.chance(0.5);
            Answer answer = lies ? Answer.UNKNOWN : done ? Answer.DONE : Answer.DECLINED;
            caller.answered(asker, () -> answered.accept(answer)).run();
          });
    });
  }

  private boolean happens(Call call, long leftAt) {
    if (call.effect() == EffectClass.KEYED) {
      String known = argumentsOfKeys.putIfAbsent(call.key(), call.arguments());
      if (known != null) {
        return known.equals(call.arguments());
      }
    }
    byKey.put(call.key(), true);
    Effects of =
        effects.computeIfAbsent(call.turn() + " " + call.path(), _ -> new Effects(call.effect()));
    of.happened++;
    // A call that was held up between the look at the lease and the network, or that the system
    // worked on for longer than it may.
    boolean heldUp = leftAt - call.allowedAt() > 50;
    boolean late = world.now() - leftAt > call.takes() + SETTLES;
    of.inTheWindow |= heldUp || late;
    world.tell(
        () -> "the effect of %s %s happens (%d)".formatted(call.turn(), call.path(), of.happened));
    return true;
  }

  /// Whether an effect with the key is there.
  void ask(Machine caller, String key, Consumer<Boolean> answered, Runnable noAnswer) {
    int asker = caller.life();
    caller.send(() -> {
      if (world.is(Fault.TOOLS_ARE_AWAY)) {
        caller.answered(asker, noAnswer).run();
        return;
      }
      boolean there = byKey.containsKey(key);
      caller.answered(asker, () -> answered.accept(there)).run();
    });
  }

  /// Something that is only read.
  void read(Machine caller, Consumer<Boolean> answered) {
    int asker = caller.life();
    caller.send(() -> {
      boolean works = !world.is(Fault.TOOLS_ARE_AWAY);
      world.scheduler.after(
          world.dice.mostlyLittle(2, 12_000),
          () -> caller.answered(asker, () -> answered.accept(works)).run());
    });
  }
}
