package io.mcpcrew.bench;

import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/// Evenly paced work. A time is taken from when the operation was due and not from when it was
/// begun, so that what waits behind a slow one is counted too.
final class Pace {
  private final int perSecond;
  private final int count;

  Pace(int perSecond, int seconds) {
    this.perSecond = perSecond;
    this.count = perSecond * seconds;
  }

  int perSecond() {
    return perSecond;
  }

  int count() {
    return count;
  }

  /// Calls with 0, 1, 2 ... each at its time.
  void run(Due operation) throws InterruptedException {
    long began = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = began + i * 1_000_000_000L / perSecond;
      long wait = due - System.nanoTime();
      if (wait > 50_000) {
        TimeUnit.NANOSECONDS.sleep(wait);
      }
      operation.at(i, due);
    }
  }

  /// An operation and when it is due, on the monotonic clock.
  @FunctionalInterface
  interface Due {
    void at(int number, long dueNanos);
  }

  /// As fast as it can be called.
  static void push(int count, IntConsumer operation) {
    for (int i = 0; i < count; i++) {
      operation.accept(i);
    }
  }
}
