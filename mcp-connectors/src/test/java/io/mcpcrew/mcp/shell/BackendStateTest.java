package io.mcpcrew.mcp.shell;

import static io.mcpcrew.mcp.shell.BackendState.Outcome.ANSWERED;
import static io.mcpcrew.mcp.shell.BackendState.Outcome.FAILED;
import static io.mcpcrew.mcp.shell.BackendState.Outcome.SAYS_NOTHING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BackendStateTest {
  private static final long SECOND = 1_000_000_000L;
  private static final BackendState.Rule RULE =
      new BackendState.Rule(3, Duration.ofSeconds(5), Duration.ofSeconds(12));

  private static BackendState failing(int times, long now) {
    BackendState state = BackendState.up();
    for (int i = 0; i < times; i++) {
      state = state.ended(FAILED, false, now, RULE);
    }
    return state;
  }

  @Test
  void a_few_failures_are_nothing_if_an_answer_comes_between() {
    BackendState state = failing(2, 0).ended(ANSWERED, false, 0, RULE);

    state = state.ended(FAILED, false, 0, RULE).ended(FAILED, false, 0, RULE);

    assertThat(state.mayBeAsked(0)).isTrue();
    assertThat(state.isDown()).isFalse();
  }

  @Test
  void after_failures_in_a_row_it_is_left_alone_for_the_pause() {
    BackendState state = failing(3, 0);

    assertThat(state.mayBeAsked(5 * SECOND - 1)).isFalse();
    assertThat(state.mayBeAsked(5 * SECOND)).isTrue();
    assertThat(state.retryAfter(SECOND)).isEqualTo(Duration.ofSeconds(4));
    assertThat(state.downFor(2 * SECOND)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void one_call_finds_out_and_no_other_goes_with_it() {
    BackendState state = failing(3, 0).begun();

    assertThat(state.mayBeAsked(60 * SECOND)).isFalse();
    assertThat(state.ended(ANSWERED, true, 6 * SECOND, RULE)).isEqualTo(BackendState.up());
  }

  @Test
  void each_time_in_vain_the_pause_is_twice_as_long_up_to_the_longest() {
    BackendState once = failing(3, 0).begun().ended(FAILED, true, 5 * SECOND, RULE);
    BackendState twice = once.begun().ended(FAILED, true, 15 * SECOND, RULE);

    assertThat(once.mayBeAsked(15 * SECOND - 1)).isFalse();
    assertThat(once.mayBeAsked(15 * SECOND)).isTrue();
    assertThat(twice.mayBeAsked(27 * SECOND - 1)).isFalse();
    assertThat(twice.mayBeAsked(27 * SECOND)).isTrue();
    assertThat(twice.downFor(27 * SECOND)).isEqualTo(Duration.ofSeconds(27));
  }

  @Test
  void a_probe_that_was_refused_before_it_asked_leaves_the_way_to_the_next() {
    BackendState state = failing(3, 0).begun().ended(SAYS_NOTHING, true, 6 * SECOND, RULE);

    assertThat(state.isDown()).isTrue();
    assertThat(state.mayBeAsked(6 * SECOND)).isTrue();
  }

  @Test
  void a_call_from_before_decides_nothing_by_failing_and_everything_by_an_answer() {
    BackendState probing = failing(3, 0).begun();

    assertThat(probing.ended(FAILED, false, SECOND, RULE)).isEqualTo(probing);
    assertThat(failing(3, 0).ended(FAILED, false, SECOND, RULE)).isEqualTo(failing(3, 0));
    assertThat(failing(3, 0).ended(ANSWERED, false, SECOND, RULE)).isEqualTo(BackendState.up());
  }

  /// Whatever happens: no call is ever shut out for longer than the longest pause.
  @Property
  void it_is_always_asked_again(@ForAll @Size(max = 40) List<BackendState.Outcome> outcomes) {
    BackendState state = BackendState.up();
    long now = 0;
    for (BackendState.Outcome outcome : outcomes) {
      now += RULE.longest().toNanos();
      assertThat(state.mayBeAsked(now)).isTrue();
      boolean probe = state.isDown();
      state = state.begun().ended(outcome, probe, now, RULE);
    }
  }
}
