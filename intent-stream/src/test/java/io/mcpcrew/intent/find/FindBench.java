package io.mcpcrew.intent.find;

import io.mcpcrew.intent.Fixtures;
import io.mcpcrew.runtime.tenant.Tenant;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/// Prints how long a message takes, of `messages.tsv`, when the program is warm. A command and no
/// test: a test that measures time fails on a busy machine.
final class FindBench {
  private static final int WARM_UP = 300;
  private static final int ROUNDS = 200;

  private FindBench() {}

  public static void main(String[] args) {
    var finder = new RuleFinder(Lexicon.builtIn());
    LongSupplier thread = ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime;
    measured(finder, System::nanoTime, WARM_UP);
    print("by the clock", measured(finder, System::nanoTime, ROUNDS));
    print("of the thread", measured(finder, thread, ROUNDS));
  }

  private static void print(String what, long[] nanos) {
    System.out.printf(
        "%s: p50 %.1f us, p99 %.1f us, p99.9 %.1f us, of %d%n",
        what, at(nanos, 0.5), at(nanos, 0.99), at(nanos, 0.999), nanos.length);
  }

  private static long[] measured(RuleFinder finder, LongSupplier time, int rounds) {
    Tenant shop = Fixtures.aShop();
    List<Messages> messages = Messages.all();
    long[] nanos = new long[rounds * messages.size()];
    int wishes = 0;
    for (int i = 0; i < nanos.length; i++) {
      List<String> texts = messages.get(i % messages.size()).texts();
      long before = time.getAsLong();
      wishes += finder.find(texts, shop, Fixtures.NOON).wishes().size();
      nanos[i] = time.getAsLong() - before;
    }
    if (wishes < nanos.length) {
      throw new IllegalStateException("a message without a wish");
    }
    Arrays.sort(nanos);
    return nanos;
  }

  private static double at(long[] sorted, double share) {
    return sorted[(int) (sorted.length * share)] / 1_000.0;
  }
}
