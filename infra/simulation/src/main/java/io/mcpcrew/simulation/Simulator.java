package io.mcpcrew.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/// Runs many histories, each from a seed of its own, and makes one that fails small.
final class Simulator {
  private final Mutation mutation;

  Simulator(Mutation mutation) {
    this.mutation = mutation;
  }

  /// What came of many.
  ///
  /// @param failures the first few, in the order of their seeds
  record Result(
      long histories,
      Map<String, Long> counts,
      Map<Invariant, Long> violations,
      List<History> failures) {}

  History history(long seed) {
    return World.run(Plan.of(seed), mutation, false);
  }

  /// @param progress is told from time to time how many are done
  Result run(long firstSeed, long histories, int threads, LongConsumer progress) {
    var next = new AtomicLong(firstSeed);
    var done = new AtomicLong();
    var total = new Tally();
    IntStream.range(0, threads)
        .parallel()
        .forEach(_ -> {
          var own = new Tally();
          long seed;
          while ((seed = next.getAndIncrement()) < firstSeed + histories) {
            own.add(history(seed));
            progress.accept(done.incrementAndGet());
          }
          total.add(own);
        });
    return total.result(histories);
  }

  /// The first history of these seeds that breaks anything.
  Optional<History> firstFailure(long firstSeed, long histories) {
    for (long seed = firstSeed; seed < firstSeed + histories; seed++) {
      History history = history(seed);
      if (!history.violations().isEmpty()) {
        return Optional.of(history);
      }
    }
    return Optional.empty();
  }

  /// A smaller plan that breaks the same, and its story.
  History shrink(History failure) {
    Invariant broken = failure.violations().getFirst().invariant();
    Plan smallest = failure.plan();
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (Plan plan : smaller(smallest)) {
        if (World.run(plan, mutation, false).breaks(broken)) {
          smallest = plan;
          smaller = true;
          break;
        }
      }
    }
    return World.run(smallest, mutation, true);
  }

  /// The plan with one thing less, each.
  private static List<Plan> smaller(Plan plan) {
    List<Plan> all = new ArrayList<>();
    for (int i = 0; i < plan.faults().size(); i++) {
      all.add(plan.withFaults(without(plan.faults(), i)));
    }
    for (int i = 0; i < plan.hit().size(); i++) {
      all.add(plan.withHits(without(plan.hit(), i)));
    }
    if (plan.messages().size() > 1) {
      all.add(plan.withMessages(plan.messages().subList(0, plan.messages().size() - 1)));
    }
    for (int i = 0; i < plan.messages().size(); i++) {
      if (plan.messages().get(i) > 1) {
        List<Integer> fewer = new ArrayList<>(plan.messages());
        fewer.set(i, plan.messages().get(i) - 1);
        all.add(plan.withMessages(fewer));
      }
    }
    if (plan.people() > 0) {
      all.add(plan.withPeople(plan.people() - 1));
    }
    if (plan.workers() > 1) {
      all.add(plan.withWorkers(plan.workers() - 1));
    }
    if (plan.publishers() > 1) {
      all.add(plan.withPublishers(plan.publishers() - 1));
    }
    return all;
  }

  private static <T> List<T> without(List<T> list, int index) {
    List<T> shorter = new ArrayList<>(list);
    shorter.remove(index);
    return shorter;
  }

  private static final class Tally {
    private static final int KEPT = 20;

    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<Invariant, Long> violations = new TreeMap<>();
    private final List<History> failures = new ArrayList<>();

    void add(History history) {
      history.counts().forEach((what, times) -> counts.merge(what, (long) times, Long::sum));
      history.violations().stream()
          .map(History.Violation::invariant)
          .distinct()
          .forEach(invariant -> violations.merge(invariant, 1L, Long::sum));
      if (!history.violations().isEmpty()) {
        keep(history);
      }
    }

    synchronized void add(Tally other) {
      other.counts.forEach((what, times) -> counts.merge(what, times, Long::sum));
      other.violations.forEach((what, times) -> violations.merge(what, times, Long::sum));
      other.failures.forEach(this::keep);
    }

    private void keep(History history) {
      failures.add(history);
      failures.sort((a, b) -> Long.compare(a.plan().seed(), b.plan().seed()));
      if (failures.size() > KEPT) {
        failures.removeLast();
      }
    }

    synchronized Result result(long histories) {
      return new Result(histories, counts, violations, List.copyOf(failures));
    }
  }
}
