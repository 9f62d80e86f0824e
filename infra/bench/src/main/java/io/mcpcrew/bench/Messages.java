package io.mcpcrew.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// A message's whole way: from the webhook to the reply that is posted, by way of a tool.
final class Messages {
  /// So few that nobody waits for 8 s even while all is cold: he would be told to, which is no
  /// answer.
  private static final int WARM_UP = 300;

  /// Compilers that take less of the time than this have done what there was to do.
  private static final double AT_REST = 0.1;

  /// So many rounds in a row they must be at rest.
  private static final int ENOUGH = 5;

  private static final int MOST_OF_WARMING_UP = 250;

  private static final CompilationMXBean COMPILERS = ManagementFactory.getCompilationMXBean();

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
    warmUp();
    int answered = numbers.get();
    int asked = posts.asked();
    int typing = posts.typing();
    long used = ProcessorTime.nanos();
    Latencies times = Rounds.median(pace, this::paced);
    double messages = numbers.get() - answered;
    System.out.printf(
        Locale.ROOT,
        "  each %.1f ms of a processor at that pace, and asked Chatwoot %.2f times (typing: %.2f)%n",
        (ProcessorTime.nanos() - used) / 1e6 / messages,
        (posts.asked() - asked) / messages,
        (posts.typing() - typing) / messages);
    double perSecond = push(pushed);
    return Measured.of(name, perSecond, pace.perSecond(), times, floor.name());
  }

  /// As many as come through, until the compilers rest: services run for weeks, and on a slow
  /// machine what is compiled in the first minutes takes more of the processors than all else. What
  /// comes too early, at a pace that is only kept later, would be refused or told to wait.
  private void warmUp() throws InterruptedException {
    double best = 0;
    double processor = 0;
    int atRest = 0;
    int round = 0;
    for (; round < MOST_OF_WARMING_UP && atRest < ENOUGH; round++) {
      long used = ProcessorTime.nanos();
      long compiled = COMPILERS.getTotalCompilationTime();
      double now = push(WARM_UP);
      double compiling = (COMPILERS.getTotalCompilationTime() - compiled) / (1_000 * WARM_UP / now);
      atRest = compiling < AT_REST ? atRest + 1 : 0;
      if (now > best) {
        processor = (ProcessorTime.nanos() - used) / 1e6 / WARM_UP;
        best = now;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "  warmed up with %,d messages%s: %,.0f a second, each %.1f ms of a processor%n",
        round * WARM_UP,
        atRest < ENOUGH ? ", and still compiled" : "",
        best,
        processor);
  }

  private Latencies paced(Pace pace) throws InterruptedException {
    int first = numbers.getAndAdd(pace.count());
    long[] due = new long[pace.count()];
    List<HttpRequest> messages =
        IntStream.range(first, first + pace.count()).mapToObj(edge::asking).toList();
    posts.forget();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      pace.run((number, dueNanos) -> {
        due[number] = dueNanos;
        var _ = threads.submit(() -> edge.send(messages.get(number)));
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
        var _ = threads.submit(() -> edge.insist(number));
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
            "only %d of %d messages were answered (%s)"
                .formatted(posts.answered(), count, edge.refusals()));
  }
}
