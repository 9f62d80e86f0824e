package io.mcpcrew.bench;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// How many webhooks the edge accepts when callers follow each other at once, and how long one
/// takes. The conversations are a person's, so that nothing is measured but the edge.
final class Webhooks {
  private final Edge edge;
  private final AtomicInteger numbers;

  Webhooks(Edge edge, AtomicInteger numbers) {
    this.edge = edge;
    this.numbers = numbers;
  }

  Measured measure(int callers, int seconds) throws InterruptedException {
    run(callers, 3, new Latencies(1_000_000));
    var times = new Latencies(2_000_000);
    double perSecond = run(callers, seconds, times);
    return Measured.of(
        "webhooks accepted, %d callers".formatted(callers), perSecond, 0, times, null);
  }

  private double run(int callers, int seconds, Latencies times) throws InterruptedException {
    long began = System.nanoTime();
    long until = began + TimeUnit.SECONDS.toNanos(seconds);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < callers; i++) {
        var _ =
            threads.submit(() -> {
              while (System.nanoTime() < until) {
                long sent = System.nanoTime();
                var _ = edge.tell(numbers.getAndIncrement());
                times.add(System.nanoTime() - sent);
              }
            });
      }
    }
    return times.count() / ((System.nanoTime() - began) / 1e9);
  }
}
