package io.mcpcrew.simulation;

import java.util.List;
import java.util.SplittableRandom;

/// Chance, repeatable from a seed.
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    // Neighbouring seeds must not give neighbouring histories.
    this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 0x2545F4914F6CDD1DL);
  }

  private Dice(SplittableRandom random) {
    this.random = random;
  }

  /// Dice of its own, so that what one rolls does not change what another gets.
  Dice split() {
    return new Dice(random.split());
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /// From the least to the most, both included.
  long between(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  int upTo(int bound) {
    return random.nextInt(bound);
  }

  /// Mostly little, rarely much: what delays are like.
  long mostlyLittle(long least, long most) {
    double skewed = Math.pow(random.nextDouble(), 4);
    return least + Math.round(skewed * (most - least));
  }

  <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
