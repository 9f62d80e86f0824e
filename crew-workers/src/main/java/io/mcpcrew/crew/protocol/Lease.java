package io.mcpcrew.crew.protocol;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Until when a worker may begin to write for the turns that it has claimed. Counted from before
/// the last sign of life that was acknowledged was sent, so a worker that was frozen finds its
/// lease run out when it wakes.
///
/// A lease that has run out never comes back: while it was over, the log may have given the turns
/// to others. Later signs are for what is claimed later. Nor do signs under a new name keep
/// anything alive that was claimed under an old one.
public final class Lease {
  private final Duration length;
  private final Map<Place, Chain> chains = new HashMap<>();

  private record Place(String worker, int partition) {}

  /// Signs of life without a gap, and how many turns live by them.
  private static final class Chain {
    int turns;
    Moment sentAt;

    Chain(Moment sentAt) {
      this.sentAt = sentAt;
    }
  }

  /// A turn that is held.
  public final class Claim {
    private final Chain chain;

    private Claim(Chain chain) {
      this.chain = chain;
    }

    /// Whether a write may leave now: nobody can think us dead yet. How long the call then takes is
    /// in its announcement, and the next attempt waits for that too.
    public boolean mayWrite(Moment now) {
      synchronized (Lease.this) {
        return !isOver(chain, now);
      }
    }

    /// The turn is over here.
    public void giveBack() {
      synchronized (Lease.this) {
        chain.turns--;
      }
    }
  }

  /// @param length shorter than what intent-stream waits, by more than clocks may differ
  public Lease(Duration length) {
    this.length = length;
  }

  /// @param sentAt before the claim was sent, which is a sign of life too
  /// @param now when it is known that the log has it
  public synchronized Claim claimed(String worker, int partition, Moment sentAt, Moment now) {
    signed(worker, partition, sentAt, now);
    Chain chain = chains.computeIfAbsent(new Place(worker, partition), _ -> new Chain(sentAt));
    chain.turns++;
    return new Claim(chain);
  }

  /// The log has a sign of life. One of which that is known too late renews nothing, however early
  /// it was sent: until it came, the log may have seen silence.
  ///
  /// @param sentAt before it was sent
  /// @param now when it is known that the log has it
  public synchronized void signed(String worker, int partition, Moment sentAt, Moment now) {
    var place = new Place(worker, partition);
    Chain chain = chains.get(place);
    if (chain == null) {
      return;
    }
    if (isOver(chain, now)) {
      chains.remove(place);
    } else if (sentAt.isAfter(chain.sentAt)) {
      chain.sentAt = sentAt;
    }
  }

  /// How many turns live by signs under this name, by partition; where there are none, none are
  /// needed.
  public synchronized Map<Integer, Integer> held(String worker) {
    Map<Integer, Integer> held = new HashMap<>();
    chains.forEach((place, chain) -> {
      if (place.worker().equals(worker) && chain.turns > 0) {
        held.put(place.partition(), chain.turns);
      }
    });
    return held;
  }

  private boolean isOver(Chain chain, Moment now) {
    return now.since(chain.sentAt).compareTo(length) >= 0;
  }
}
