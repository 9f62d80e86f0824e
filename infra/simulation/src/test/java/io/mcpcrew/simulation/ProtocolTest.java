package io.mcpcrew.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The protocol with all of its rules, against everything that can go wrong.
@SuppressWarnings("NullAway") // a test's failures are looked at by people
class ProtocolTest {
  /// Histories of an ordinary test: enough to miss each rule that is switched off.
  static final long BUDGET = 100_000;

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  @Test
  @Timeout(600)
  void every_invariant_holds_in_every_history() {
    var simulator = new Simulator(Mutation.NONE);

    Simulator.Result result = simulator.run(1, BUDGET, PROCESSORS, _ -> {});

    assertThat(result.failures()).as(() -> story(simulator, result)).isEmpty();
    assertThat(result.counts().keySet())
        .as("every fault was met, and every window that is documented")
        .contains("WINDOW_BEFORE_A_CALL", "WINDOW_BEFORE_A_POST", "WINDOW_EFFECT_TWICE")
        .containsAll(Arrays.stream(Fault.values()).map(Enum::name).toList())
        .containsAll(Arrays.stream(Spot.values()).map(Enum::name).toList());
  }

  @Test
  void a_history_is_the_same_each_time() {
    for (long seed = 1; seed <= 200; seed++) {
      History once = World.run(Plan.of(seed), Mutation.NONE, true);
      History again = World.run(Plan.of(seed), Mutation.NONE, true);

      assertThat(again.story()).isEqualTo(once.story());
    }
  }

  private static String story(Simulator simulator, Simulator.Result result) {
    History smallest = simulator.shrink(result.failures().getFirst());
    return smallest.plan().inWords() + smallest.story().stream().collect(Collectors.joining("\n"));
  }
}
