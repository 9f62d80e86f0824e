package io.mcpcrew.crew.work;

import io.mcpcrew.runtime.telemetry.LogFields;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.TurnId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Runs the tasks of a turn at the same time, each on a virtual thread, so many for an account.
/// What finds no place is run by who asks, so that nobody ever waits for a place.
public final class SideBySide {
  private final int perAccount;
  private final Map<AccountId, Semaphore> places = new ConcurrentHashMap<>();

  public SideBySide(int perAccount) {
    this.perAccount = perAccount;
  }

  /// What each came to, in their order; nothing of one that was not over in time, which is
  /// interrupted. When one fails the others are interrupted too.
  public <T> List<Optional<T>> all(TurnId turn, List<Supplier<T>> tasks, Duration patience) {
    if (tasks.size() < 2) {
      return tasks.stream().map(task -> Optional.of(task.get())).toList();
    }
    long until = System.nanoTime() + patience.toNanos();
    List<Begun<T>> running = tasks.stream().map(task -> begun(turn, task)).toList();
    List<Optional<T>> all = new ArrayList<>();
    try {
      for (Begun<T> task : running) {
        all.add(result(task, until));
      }
      return all;
    } finally {
      running.forEach(begun -> begun.task().cancel(true));
    }
  }

  /// @param here it found no place of its own
  private record Begun<T>(FutureTask<T> task, boolean here) {}

  private <T> Begun<T> begun(TurnId turn, Supplier<T> task) {
    Semaphore own = places.computeIfAbsent(turn.account(), _ -> new Semaphore(perAccount));
    if (!own.tryAcquire()) {
      return new Begun<>(new FutureTask<>(task::get), true);
    }
    FutureTask<T> future =
        new FutureTask<>(() -> {
          try (var _ = LogFields.of(turn)) {
            return task.get();
          }
        });
    Thread.ofVirtual()
        .name("task of " + turn)
        .start(() -> {
          try {
            future.run();
          } finally {
            own.release();
          }
        });
    return new Begun<>(future, false);
  }

  private static <T> Optional<T> result(Begun<T> begun, long until) {
    FutureTask<T> task = begun.task();
    if (begun.here()) {
      task.run();
    }
    try {
      long left = Math.max(0, until - System.nanoTime());
      return Optional.of(task.get(left, TimeUnit.NANOSECONDS));
    } catch (TimeoutException late) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while tasks were worked", e);
    }
  }
}
