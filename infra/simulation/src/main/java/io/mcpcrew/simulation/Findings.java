package io.mcpcrew.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// What was found in a history: invariants that are broken, and how often what was met.
final class Findings {
  private final World world;
  private final List<History.Violation> violations = new ArrayList<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  Findings(World world) {
    this.world = world;
  }

  List<History.Violation> violations() {
    return List.copyOf(violations);
  }

  Map<String, Integer> counts() {
    return counts;
  }

  void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  void broken(Invariant invariant, Supplier<String> what) {
    String said = what.get();
    violations.add(new History.Violation(invariant, world.now(), said));
    world.tell(() -> "BROKEN %s: %s".formatted(invariant, said));
  }

  void check(boolean holds, Invariant invariant, Supplier<String> what) {
    if (!holds) {
      broken(invariant, what);
    }
  }
}
