package io.mcpcrew.crew.claim;

import io.mcpcrew.crew.protocol.Lease;
import io.mcpcrew.crew.protocol.Moment;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Says every two seconds that this worker lives, in each partition in which it holds turns.
public final class LifeSigns implements AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("life-signs").factory());
  private final WorkLog log;
  private final Lease lease;
  private final Supplier<String> worker;

  /// @param worker the name of now; turns taken under an earlier one are left to be handed on
  public LifeSigns(WorkLog log, Lease lease, Supplier<String> worker, Duration every) {
    this.log = log;
    this.lease = lease;
    this.worker = worker;
    var _ =
        timer.scheduleAtFixedRate(
            this::sign, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void sign() {
    String name = worker.get();
    lease
        .held(name)
        .forEach((partition, turns) -> {
          Moment sentAt = log.moment();
          var _ =
              log.alive(name, partition, turns)
                  .thenRun(() -> lease.signed(name, partition, sentAt, log.moment()));
        });
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
