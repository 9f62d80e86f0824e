package io.mcpcrew.parts;

import java.time.Duration;

/// Starts a part again that has ended although nobody stopped it: killed for its memory, or by
/// somebody who meant another process. Its clients find it at the same place with the same data.
final class Keeper {
  private static final int MOST = 5;

  /// Who ends again sooner than this has something that another start does not mend.
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Part part;
  private final Progress progress;

  Keeper(Part part, Progress progress) {
    this.part = part;
    this.progress = progress;
  }

  void keep() {
    Thread.ofVirtual().name("keeps " + part.name()).start(this::run);
  }

  private void run() {
    int soon = 0;
    try {
      while (soon < MOST) {
        long began = System.nanoTime();
        var ended = part.awaitUnwantedEnd();
        if (ended.isEmpty()) {
          return;
        }
        progress.ended(part.name(), ended.get());
        soon = System.nanoTime() - began < LONG.toNanos() ? soon + 1 : 1;
        startAgain();
      }
      progress.failed(
          part.name(),
          "The %s has ended %d times within minutes; it is started, but is not kept running any longer."
              .formatted(part.name(), MOST));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void startAgain() {
    long began = System.nanoTime();
    try {
      part.startAgainIfWanted();
      progress.ready(part.name(), part.address(), Duration.ofNanos(System.nanoTime() - began));
    } catch (PartFailure e) {
      progress.failed(part.name(), String.valueOf(e.getMessage()));
    }
  }
}
