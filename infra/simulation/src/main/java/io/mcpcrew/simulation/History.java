package io.mcpcrew.simulation;

import java.util.List;
import java.util.Map;

/// What came of a plan.
///
/// @param counts faults that were met, windows that were hit, and what turns ended in
record History(
    Plan plan, List<Violation> violations, Map<String, Integer> counts, List<String> story) {

  record Violation(Invariant invariant, long at, String what) {}

  boolean breaks(Invariant invariant) {
    return violations.stream().anyMatch(v -> v.invariant() == invariant);
  }
}
