package io.mcpcrew.crew.claim;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// What this worker holds and until when it may begin to write for it. Counted on the worker's
/// monotonic clock from before the last sign of life that was acknowledged: a worker that was
/// frozen finds its lease run out when it wakes.
public final class Lease {
  private final Duration length;
  private final Map<Integer, Held> partitions = new ConcurrentHashMap<>();

  private static final class Held {
    final AtomicInteger turns = new AtomicInteger();
    volatile long sentAt;
  }

  public Lease(Duration length) {
    this.length = length;
  }

  /// @param sentAt monotonic time before the claim was sent, which is a sign of life too
  void took(int partition, long sentAt) {
    Held held = partitions.computeIfAbsent(partition, _ -> new Held());
    held.turns.incrementAndGet();
    held.sentAt = Math.max(held.sentAt, sentAt);
  }

  void gave(int partition) {
    Held held = partitions.get(partition);
    if (held != null) {
      held.turns.decrementAndGet();
    }
  }

  void acknowledged(int partition, long sentAt) {
    Held held = partitions.get(partition);
    if (held != null) {
      held.sentAt = Math.max(held.sentAt, sentAt);
    }
  }

  /// How many turns are held where.
  Map<Integer, Integer> held() {
    Map<Integer, Integer> held = new ConcurrentHashMap<>();
    partitions.forEach((partition, h) -> {
      if (h.turns.get() > 0) {
        held.put(partition, h.turns.get());
      }
    });
    return held;
  }

  /// Whether a write that may take so long is over before anyone may think us dead.
  boolean mayWrite(int partition, Duration callDeadline, long now) {
    Held held = partitions.get(partition);
    return held != null && now - held.sentAt + callDeadline.toNanos() < length.toNanos();
  }
}
