package io.mcpcrew.intent.find;

import io.mcpcrew.intent.Fixtures;
import io.mcpcrew.runtime.tenant.Tenant;
import java.util.Arrays;
import java.util.List;

/// Prints how long a message takes, of `messages.tsv`, when the program is warm. A command and no
/// test: a test that measures time fails on a busy machine.
final class FindBench {
  private static final int WARM_UP = 300;
  private static final int ROUNDS = 200;

  private FindBench() {}

  public static void main(String[] args) {
    var finder = new RuleFinder(Lexicon.builtIn());
    Tenant shop = Fixtures.aShop();
    List<Messages> messages = Messages.all();
    measured(finder, shop, messages, WARM_UP);
    long[] nanos = measured(finder, shop, messages, ROUNDS);
    System.out.printf(
        "%d messages, %d times: p50 %.1f us, p99 %.1f us, p99.9 %.1f us%n",
        messages.size(), ROUNDS, at(nanos, 0.5), at(nanos, 0.99), at(nanos, 0.999));
  }

  private static long[] measured(
      RuleFinder finder, Tenant shop, List<Messages> messages, int rounds) {
    long[] nanos = new long[rounds * messages.size()];
    int wishes = 0;
    for (int i = 0; i < nanos.length; i++) {
      List<String> texts = messages.get(i % messages.size()).texts();
      long before = System.nanoTime();
      wishes += finder.find(texts, shop, Fixtures.NOON).wishes().size();
      nanos[i] = System.nanoTime() - before;
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
