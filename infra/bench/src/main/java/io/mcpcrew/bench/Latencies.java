package io.mcpcrew.bench;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/// Times of single operations, in microseconds; written from any thread, read when all is over.
final class Latencies {
  private final long[] micros;
  private final AtomicInteger count = new AtomicInteger();

  Latencies(int most) {
    this.micros = new long[most];
  }

  void add(long nanos) {
    int at = count.getAndIncrement();
    if (at < micros.length) {
      micros[at] = nanos / 1_000;
    }
  }

  int count() {
    return Math.min(count.get(), micros.length);
  }

  /// Milliseconds below which this share of all operations lie.
  double percentile(double share) {
    long[] sorted = Arrays.copyOf(micros, count());
    Arrays.sort(sorted);
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] / 1_000.0;
  }
}
