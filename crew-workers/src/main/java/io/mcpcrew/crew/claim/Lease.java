package io.mcpcrew.crew.claim;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// What this worker holds and until when it may begin to write for it. Counted on the worker's
/// monotonic clock from before the last sign of life that was acknowledged: a worker that was
/// frozen finds its lease run out when it wakes. Signs under a new name keep nothing alive that was
/// taken under an old one: the log does not count them for it either.
public final class Lease {
  private final Duration length;
  private final Map<Holder, Held> holders = new ConcurrentHashMap<>();

  private record Holder(String worker, int partition) {}

  private static final class Held {
    final AtomicInteger turns = new AtomicInteger();
    volatile long sentAt;
  }

  public Lease(Duration length) {
    this.length = length;
  }

  /// @param sentAt monotonic time before the claim was sent, which is a sign of life too
  void took(String worker, int partition, long sentAt) {
    Held held = holders.computeIfAbsent(new Holder(worker, partition), _ -> new Held());
    held.turns.incrementAndGet();
    held.sentAt = Math.max(held.sentAt, sentAt);
  }

  void gave(String worker, int partition) {
    Held held = holders.get(new Holder(worker, partition));
    if (held != null) {
      held.turns.decrementAndGet();
    }
  }

  void acknowledged(String worker, int partition, long sentAt) {
    Held held = holders.get(new Holder(worker, partition));
    if (held != null) {
      held.sentAt = Math.max(held.sentAt, sentAt);
    }
  }

  /// How many turns are held where under this name.
  Map<Integer, Integer> held(String worker) {
    Map<Integer, Integer> held = new ConcurrentHashMap<>();
    holders.forEach((holder, h) -> {
      if (holder.worker().equals(worker) && h.turns.get() > 0) {
        held.put(holder.partition(), h.turns.get());
      }
    });
    return held;
  }

  /// Whether a write that may take so long is over before anyone may think us dead.
  boolean mayWrite(String worker, int partition, Duration callDeadline, long now) {
    Held held = holders.get(new Holder(worker, partition));
    return held != null && now - held.sentAt + callDeadline.toNanos() < length.toNanos();
  }
}
