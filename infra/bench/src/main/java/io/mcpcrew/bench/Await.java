package io.mcpcrew.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits, but not for ever.
final class Await {
  private Await() {}

  /// @throws IllegalStateException with what is missing, when the patience is over
  static void until(BooleanSupplier done, Duration patience, Supplier<String> missing)
      throws InterruptedException {
    until(done, Duration.ofMillis(2), patience, missing);
  }

  /// @param every how often it is looked at
  /// @throws IllegalStateException with what is missing, when the patience is over
  static void until(
      BooleanSupplier done, Duration every, Duration patience, Supplier<String> missing)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%s within %d s".formatted(missing.get(), patience.toSeconds()));
      }
      TimeUnit.NANOSECONDS.sleep(every.toNanos());
    }
  }
}
