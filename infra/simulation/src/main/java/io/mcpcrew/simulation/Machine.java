package io.mcpcrew.simulation;

import io.mcpcrew.crew.protocol.Moment;
import java.time.Instant;

/// A process on a machine that can crash, freeze, and be suspended. What it meant to do while it
/// was frozen, it does when it wakes.
class Machine {
  final World world;
  final String name;
  private final double rate;
  private final long wallSkew;
  private long suspended;
  private long frozenSince;
  private long frozenUntil;
  private long lastArrival;
  private int life;
  private boolean alive = true;

  Machine(World world, String name) {
    this.world = world;
    this.name = name;
    this.rate = 1 + world.dice.between(-10, 10) / 1_000.0;
    this.wallSkew = world.dice.between(-200, 200);
  }

  public boolean isSilentFor(long millis) {
    return isFrozen() && world.now() - frozenSince >= millis;
  }

  boolean isAlive() {
    return alive;
  }

  boolean isFrozen() {
    return world.now() < frozenUntil;
  }

  Moment moment() {
    return new Moment(
        Math.round((world.now() - suspended) * rate * 1e6), World.BEGAN.plusMillis(wall()));
  }

  Instant wallTime() {
    return World.BEGAN.plusMillis(wall());
  }

  private long wall() {
    return world.now() + wallSkew;
  }

  /// Does it now, or on waking, or never if it crashes before.
  void run(Runnable what) {
    int begunIn = life;
    if (!alive) {
      return;
    }
    if (isFrozen()) {
      world.scheduler.at(frozenUntil, () -> ifStill(begunIn, what));
    } else {
      what.run();
    }
  }

  private void ifStill(int begunIn, Runnable what) {
    if (life == begunIn) {
      run(what);
    }
  }

  void later(long delay, Runnable what) {
    int begunIn = life;
    world.scheduler.after(delay, () -> ifStill(begunIn, what));
  }

  /// Sends something over the network; what arrives does not need us any more.
  void send(Runnable arrives) {
    world.scheduler.after(world.network(), arrives);
  }

  /// Sends in order: what a producer writes to one partition does not overtake itself.
  void sendInOrder(Runnable arrives) {
    lastArrival = Math.max(lastArrival, world.now() + world.network());
    world.scheduler.at(lastArrival, arrives);
  }

  /// Which of its lives a process is in: what one has asked for is not answered to the next.
  int life() {
    return life;
  }

  /// An answer comes over the network to whoever asked, if that one still lives.
  Runnable answered(int asker, Runnable what) {
    return () -> world.scheduler.after(world.network(), () -> ifStill(asker, what));
  }

  void crash(long downFor) {
    if (!alive) {
      return;
    }
    world.tell(() -> "%s crashes for %d ms".formatted(name, downFor));
    alive = false;
    life++;
    frozenUntil = 0;
    crashed();
    world.scheduler.after(
        downFor,
        () -> {
          alive = true;
          world.tell(() -> name + " starts again");
          started();
        });
  }

  /// @param clockStops as on a machine that is suspended with its process
  void freeze(long time, boolean clockStops) {
    if (!alive || isFrozen()) {
      return;
    }
    world.tell(() -> "%s freezes for %d ms".formatted(name, time));
    frozenSince = world.now();
    frozenUntil = world.now() + time;
    if (clockStops) {
      world.scheduler.at(frozenUntil, () -> suspended += time);
    }
    frozen();
    int begunIn = life;
    world.scheduler.at(
        frozenUntil,
        () -> {
          if (life == begunIn) {
            woke();
          }
        });
  }

  /// Where a process is in a group, its partitions are shared anew.
  void joinAgain() {}

  void crashed() {}

  void started() {}

  void frozen() {}

  void woke() {}
}
