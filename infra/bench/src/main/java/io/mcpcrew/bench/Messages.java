package io.mcpcrew.bench;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A message's whole way: from the webhook to the reply that is posted, by way of a tool.
final class Messages {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Edge edge;
  private final PostOffice posts;
  private final AtomicInteger numbers;

  Messages(Edge edge, PostOffice posts, AtomicInteger numbers) {
    this.edge = edge;
    this.posts = posts;
    this.numbers = numbers;
  }

  /// @param pushed how many are sent at once to see how many come through in a second
  Measured measure(String name, Pace pace, int pushed, Measured floor) throws InterruptedException {
    Latencies times = Rounds.median(pace, this::paced);
    double perSecond = push(pushed);
    return Measured.of(name, perSecond, pace.perSecond(), times, floor.name());
  }

  private Latencies paced(Pace pace) throws InterruptedException {
    int first = numbers.getAndAdd(pace.count());
    long[] due = new long[pace.count()];
    posts.forget();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      pace.run((number, dueNanos) -> {
        due[number] = dueNanos;
        var _ = threads.submit(() -> edge.ask(first + number));
      });
    }
    await(pace.count());
    var times = new Latencies(pace.count());
    for (int i = 0; i < due.length; i++) {
      times.add(posts.answeredAt(first + i + 1) - due[i]);
    }
    return times;
  }

  private double push(int count) throws InterruptedException {
    int first = numbers.getAndAdd(count);
    posts.forget();
    long began = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
      for (int i = 0; i < count; i++) {
        int number = first + i;
        var _ = threads.submit(() -> edge.ask(number));
      }
    }
    await(count);
    return count / ((System.nanoTime() - began) / 1e9);
  }

  private void await(int count) throws InterruptedException {
    Await.until(
        () -> posts.answered() >= count,
        PATIENCE,
        () ->
            "only %d of %d messages were answered (%d not accepted)"
                .formatted(posts.answered(), count, edge.refused()));
  }
}
