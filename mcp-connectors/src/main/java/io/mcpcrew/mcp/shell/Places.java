package io.mcpcrew.mcp.shell;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Places for calls at once. Not more callers wait for one than there are: whoever comes then would
/// wait in vain, and is told at once.
record Places(int most, Semaphore free) {
  static Places of(int most) {
    return new Places(most, new Semaphore(most, true));
  }

  boolean take(Duration patience) throws InterruptedException {
    return free.tryAcquire()
        || (free.getQueueLength() < most
            && free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS));
  }

  void giveBack() {
    free.release();
  }
}
