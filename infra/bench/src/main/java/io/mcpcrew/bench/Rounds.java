package io.mcpcrew.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// One measurement several times. Before it as often as it gets better: services run for weeks, and
/// what the compilers of three programs do in the first minute on the same processors says nothing
/// about them. Then the middle one of three, because any one may be bad by chance.
final class Rounds {
  private static final int SECONDS_OF_WARMING_UP = 5;
  private static final int MOST_OF_WARMING_UP = 24;

  /// So many rounds in a row must be no better.
  private static final int ENOUGH = 4;

  private static final double BETTER = 0.9;
  private static final int MEASURED = 3;

  private Rounds() {}

  @FunctionalInterface
  interface Round {
    Latencies at(Pace pace) throws InterruptedException;
  }

  /// @return the round with the middle 95th percentile
  static Latencies median(Pace pace, Round round) throws InterruptedException {
    warmUp(new Pace(pace.perSecond(), SECONDS_OF_WARMING_UP), round);
    List<Latencies> measured = new ArrayList<>();
    for (int i = 0; i < MEASURED; i++) {
      measured.add(round.at(pace));
    }
    measured.sort(Comparator.comparingDouble(times -> times.percentile(0.95)));
    return measured.get(MEASURED / 2);
  }

  private static void warmUp(Pace pace, Round round) throws InterruptedException {
    double best = Double.MAX_VALUE;
    int noBetter = 0;
    for (int i = 0; i < MOST_OF_WARMING_UP && noBetter < ENOUGH; i++) {
      double now = round.at(pace).percentile(0.95);
      noBetter = now < BETTER * best ? 0 : noBetter + 1;
      best = Math.min(best, now);
    }
  }
}
