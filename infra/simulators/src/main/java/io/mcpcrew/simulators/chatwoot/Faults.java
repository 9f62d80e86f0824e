package io.mcpcrew.simulators.chatwoot;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// The fault plan in force, and its dice: each roll depends on the seed and on what is rolled for,
/// never on the order in which threads come along.
final class Faults {
  private record InForce(FaultPlan plan, AtomicInteger failingCalls) {}

  private volatile InForce current = new InForce(FaultPlan.NONE, new AtomicInteger());

  FaultPlan plan() {
    return current.plan();
  }

  void follow(FaultPlan plan) {
    var status = plan.apiStatus();
    current = new InForce(plan, new AtomicInteger(status == null ? 0 : status.calls()));
  }

  boolean isDuplicated(String event, long id) {
    return hits(plan().duplicate(), "duplicate " + event, id);
  }

  boolean isDropped(String event, long id) {
    return hits(plan().dropAccountWebhooks(), "drop " + event, id);
  }

  private boolean hits(int percentage, String what, long id) {
    if (percentage == 0) {
      return false;
    }
    long mixed = plan().seed() * 31 + what.hashCode() * 1_000_003L + id;
    return new SplittableRandom(mixed).nextInt(100) < percentage;
  }

  /// The error that this creation of a message is to suffer, counted down.
  Optional<FaultPlan.ApiStatus> nextApiStatus() {
    var now = current;
    if (now.failingCalls().get() <= 0 || now.failingCalls().getAndDecrement() <= 0) {
      return Optional.empty();
    }
    return Optional.ofNullable(now.plan().apiStatus());
  }

  void waitBeforeWebhook() throws InterruptedException {
    pause(plan().delayMs());
  }

  void waitBeforeAnswer() throws InterruptedException {
    pause(plan().apiDelayMs());
  }

  private static void pause(long millis) throws InterruptedException {
    if (millis > 0) {
      Thread.sleep(millis);
    }
  }
}
