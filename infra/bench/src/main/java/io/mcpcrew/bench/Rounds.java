package io.mcpcrew.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

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

  /// Prints what each round took: one that is much worse than those beside it tells of the machine,
  /// one worse than that before it of what grows.
  ///
  /// @return the round with the middle 95th percentile
  static Latencies median(Pace pace, Round round) throws InterruptedException {
    List<Latencies> before = warmUp(new Pace(pace.perSecond(), SECONDS_OF_WARMING_UP), round);
    List<Latencies> measured = new ArrayList<>();
    for (int i = 0; i < MEASURED; i++) {
      measured.add(round.at(pace));
    }
    System.out.printf(
        "  p95 of each round, ms: %s, then measured %s%n", each(before), each(measured));
    measured.sort(Comparator.comparingDouble(Rounds::p95));
    return measured.get(MEASURED / 2);
  }

  private static List<Latencies> warmUp(Pace pace, Round round) throws InterruptedException {
    List<Latencies> rounds = new ArrayList<>();
    double best = Double.MAX_VALUE;
    int noBetter = 0;
    while (rounds.size() < MOST_OF_WARMING_UP && noBetter < ENOUGH) {
      Latencies times = round.at(pace);
      rounds.add(times);
      noBetter = p95(times) < BETTER * best ? 0 : noBetter + 1;
      best = Math.min(best, p95(times));
    }
    return rounds;
  }

  private static String each(List<Latencies> rounds) {
    return rounds.stream()
        .map(times -> String.format(Locale.ROOT, "%.0f", p95(times)))
        .collect(Collectors.joining(" "));
  }

  private static double p95(Latencies times) {
    return times.percentile(0.95);
  }
}
