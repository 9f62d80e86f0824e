package io.mcpcrew.crew.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private static final Duration LENGTH = Duration.ofSeconds(6);
  private static final Duration CALL = Duration.ofSeconds(2);
  private static final long BEGAN = Duration.ofHours(1).toNanos();

  private static final String NAME = "worker-1";

  private final Lease lease = new Lease(LENGTH);

  @Test
  void a_write_may_begin_until_the_lease_less_its_deadline_and_no_later() {
    lease.took(NAME, 3, BEGAN);

    assertThat(lease.mayWrite(NAME, 3, CALL, BEGAN)).isTrue();
    assertThat(lease.mayWrite(NAME, 3, CALL, BEGAN + seconds(4) - 1)).isTrue();
    assertThat(lease.mayWrite(NAME, 3, CALL, BEGAN + seconds(4))).isFalse();
    assertThat(lease.mayWrite(NAME, 3, CALL, BEGAN + seconds(100))).isFalse();
  }

  @Property(tries = 500)
  void whatever_may_begin_is_over_before_the_lease_is(
      @ForAll @LongRange(max = 20_000) long sign,
      @ForAll @LongRange(max = 20_000) long later,
      @ForAll @LongRange(min = 1, max = 10_000) long deadline) {
    var fresh = new Lease(LENGTH);
    fresh.took(NAME, 0, BEGAN);
    fresh.acknowledged(NAME, 0, BEGAN + millis(sign));
    long now = BEGAN + millis(sign + later);

    boolean mayWrite = fresh.mayWrite(NAME, 0, Duration.ofMillis(deadline), now);

    long over = now + millis(deadline);
    assertThat(mayWrite).isEqualTo(over < BEGAN + millis(sign) + LENGTH.toNanos());
  }

  @Test
  void an_acknowledged_sign_lengthens_it_from_when_the_sign_was_sent() {
    lease.took(NAME, 3, BEGAN);
    lease.acknowledged(NAME, 3, BEGAN + seconds(2));

    assertThat(lease.mayWrite(NAME, 3, CALL, BEGAN + seconds(5))).isTrue();
    assertThat(lease.mayWrite(NAME, 3, CALL, BEGAN + seconds(6))).isFalse();
  }

  @Test
  void an_older_sign_that_is_acknowledged_late_does_not_shorten_it() {
    lease.took(NAME, 3, BEGAN + seconds(2));
    lease.acknowledged(NAME, 3, BEGAN);

    assertThat(lease.mayWrite(NAME, 3, CALL, BEGAN + seconds(5))).isTrue();
  }

  @Test
  void where_nothing_was_taken_nothing_may_be_written() {
    lease.took(NAME, 3, BEGAN);
    lease.acknowledged(NAME, 4, BEGAN);

    assertThat(lease.mayWrite(NAME, 4, CALL, BEGAN)).isFalse();
  }

  @Test
  void signs_under_a_new_name_keep_nothing_alive_that_was_taken_under_the_old_one() {
    lease.took(NAME, 3, BEGAN);
    lease.took("worker-1-again", 3, BEGAN + seconds(5));
    lease.acknowledged("worker-1-again", 3, BEGAN + seconds(9));

    assertThat(lease.mayWrite(NAME, 3, CALL, BEGAN + seconds(5))).isFalse();
    assertThat(lease.mayWrite("worker-1-again", 3, CALL, BEGAN + seconds(10))).isTrue();
    assertThat(lease.held("worker-1-again")).containsEntry(3, 1);
  }

  @Test
  void signs_are_given_where_turns_are_held_and_nowhere_else() {
    lease.took(NAME, 3, BEGAN);
    lease.took(NAME, 3, BEGAN);
    lease.took(NAME, 5, BEGAN);
    lease.gave(NAME, 5);
    lease.gave(NAME, 3);

    assertThat(lease.held(NAME)).containsOnlyKeys(3).containsValue(1);
  }

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  private static long millis(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
