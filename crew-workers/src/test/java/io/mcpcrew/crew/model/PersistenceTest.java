package io.mcpcrew.crew.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.crew.model.Persistence.Next;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PersistenceTest {
  private static final Attempted PASSING = new Attempted.Passing("503", null);
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void what_may_pass_is_tried_again_after_a_pause_within_its_bounds() {
    for (double dice : new double[] {0, 0.5, 0.999}) {
      var next = (Next.Again) Persistence.after(PASSING, 2, false, LONG, dice);
      assertThat(next.pause()).isBetween(Duration.ZERO, Duration.ofMillis(500));
    }
    assertThat(Persistence.after(PASSING, 3, false, LONG, 0.5)).isEqualTo(new Next.GiveUp());
  }

  @Test
  void with_another_model_left_one_is_given_up_sooner() {
    assertThat(Persistence.after(PASSING, 1, true, LONG, 0.5)).isInstanceOf(Next.Again.class);
    assertThat(Persistence.after(PASSING, 2, true, LONG, 0.5)).isEqualTo(new Next.NextModel());
  }

  @Test
  void what_will_fail_again_is_not_tried_again() {
    var last = new Attempted.Final("401");

    assertThat(Persistence.after(last, 1, true, LONG, 0)).isEqualTo(new Next.NextModel());
    assertThat(Persistence.after(last, 1, false, LONG, 0)).isEqualTo(new Next.GiveUp());
  }

  @Test
  void a_pause_that_the_model_names_is_kept_or_the_next_one_is_asked() {
    var brief = new Attempted.Passing("429", Duration.ofSeconds(2));
    var longer = new Attempted.Passing("429", Duration.ofSeconds(20));

    assertThat(Persistence.after(brief, 1, false, LONG, 0.1))
        .isEqualTo(new Next.Again(Duration.ofSeconds(2)));
    assertThat(Persistence.after(longer, 1, true, LONG, 0.1)).isEqualTo(new Next.NextModel());
    assertThat(Persistence.after(longer, 1, false, LONG, 0.1)).isEqualTo(new Next.GiveUp());
  }

  @Test
  void a_model_that_is_left_alone_is_waited_for_where_no_other_is_left() {
    var resting = new Attempted.Resting("failed too often");

    assertThat(Persistence.after(resting, 1, true, LONG, 0.5)).isEqualTo(new Next.NextModel());
    for (double dice : new double[] {0, 0.5, 0.999}) {
      var next = (Next.Again) Persistence.after(resting, 2, false, LONG, dice);
      assertThat(next.pause()).isBetween(Persistence.REST, Duration.ofSeconds(4));
    }
    assertThat(Persistence.after(resting, 3, false, LONG, 0.5)).isEqualTo(new Next.GiveUp());
  }

  @Test
  void nothing_is_waited_for_when_nobody_waits_any_more() {
    var brief = new Attempted.Passing("429", Duration.ofSeconds(2));

    assertThat(Persistence.after(brief, 1, false, Duration.ofSeconds(2), 0))
        .isEqualTo(new Next.GiveUp());
  }
}
