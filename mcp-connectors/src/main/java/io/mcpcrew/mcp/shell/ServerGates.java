package io.mcpcrew.mcp.shell;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpcrew.schemas.AccountId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Servers that several accounts share and that take only so many calls: a gate for each limit.
/// Whoever is refused once makes all wait that the same limit is for, and [FairQueue] says who is
/// next.
public final class ServerGates {
  private static final Logger LOGGER = LoggerFactory.getLogger(ServerGates.class);

  private final Cache<String, Gate> gates =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterAccess(Duration.ofHours(1)).build();

  /// @param limit what is counted together, such as a server's address
  public Gate of(String limit) {
    return gates.get(limit, Gate::new);
  }

  /// A call that has passed; it must tell how it went.
  public interface Pass {
    void answered();

    /// @param told how long to wait, if the server says so
    /// @return how long nobody passes now
    Duration tooMany(Optional<Duration> told);
  }

  /// One limit of one server.
  public static final class Gate {
    private final String limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final FairQueue queue = new FairQueue();
    private final Map<FairQueue.Ticket, Condition> waiting = new HashMap<>();

    private Gate(String limit) {
      this.limit = limit;
    }

    /// Empty when it is not this call's turn within its patience; at once, if that is plain.
    public Optional<Pass> enter(AccountId account, Duration patience) throws InterruptedException {
      long ends = System.nanoTime() + patience.toNanos();
      lock.lock();
      try {
        FairQueue.Ticket ticket = queue.ask(account);
        admit();
        if (!ticket.hasPassed()) {
          await(ticket, ends);
        }
        return ticket.hasPassed() ? Optional.of(new Passed()) : Optional.empty();
      } finally {
        lock.unlock();
      }
    }

    /// How long nobody passes.
    public Duration untilOpen() {
      lock.lock();
      try {
        return queue.untilOpen(System.nanoTime());
      } finally {
        lock.unlock();
      }
    }

    private void await(FairQueue.Ticket ticket, long ends) throws InterruptedException {
      Condition turn = lock.newCondition();
      waiting.put(ticket, turn);
      try {
        while (!ticket.hasPassed()) {
          long now = System.nanoTime();
          long left = ends - now;
          if (left <= 0) {
            return;
          }
          long untilOpen = queue.untilOpen(now).toNanos();
          if (untilOpen >= left) {
            return;
          }
          long _ = turn.awaitNanos(untilOpen > 0 ? Math.min(left, untilOpen) : left);
          admit();
        }
      } finally {
        waiting.remove(ticket);
        if (!ticket.hasPassed()) {
          queue.gaveUp(ticket);
        }
      }
    }

    private void admit() {
      for (FairQueue.Ticket passed : queue.admit(System.nanoTime())) {
        Condition turn = waiting.get(passed);
        if (turn != null) {
          turn.signal();
        }
      }
    }

    private final class Passed implements Pass {
      @Override
      public void answered() {
        lock.lock();
        try {
          queue.answered();
          admit();
        } finally {
          lock.unlock();
        }
      }

      @Override
      public Duration tooMany(Optional<Duration> told) {
        lock.lock();
        try {
          Duration pause = queue.tooMany(System.nanoTime(), told);
          LOGGER
              .atWarn()
              .addKeyValue("limit", limit)
              .addKeyValue("seconds", pause.toSeconds())
              .log("a server takes no more calls for now");
          return pause;
        } finally {
          lock.unlock();
        }
      }
    }
  }
}
