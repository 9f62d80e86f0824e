package io.mcpcrew.simulators.chatwoot;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Turns the order of a receiver's webhooks upside down, two at a time: one waits a moment for the
/// next, which goes first.
final class Overtaking {
  private static final long PATIENCE_MS = 300;

  private final Map<URI, CountDownLatch> waiting = new HashMap<>();

  interface Sending {
    void send() throws InterruptedException;
  }

  void pass(URI receiver, Sending sending) throws InterruptedException {
    CountDownLatch mine = new CountDownLatch(1);
    CountDownLatch other = pairUp(receiver, mine);
    if (other == null) {
      boolean _ = mine.await(PATIENCE_MS, TimeUnit.MILLISECONDS);
      giveUp(receiver, mine);
      sending.send();
    } else {
      sending.send();
      other.countDown();
    }
  }

  /// The one that waits already, or null when this one is to wait.
  private synchronized @org.jspecify.annotations.Nullable CountDownLatch pairUp(
      URI receiver, CountDownLatch mine) {
    CountDownLatch other = waiting.remove(receiver);
    if (other == null) {
      waiting.put(receiver, mine);
    }
    return other;
  }

  private synchronized void giveUp(URI receiver, CountDownLatch mine) {
    waiting.remove(receiver, mine);
  }
}
