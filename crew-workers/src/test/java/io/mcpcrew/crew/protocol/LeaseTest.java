package io.mcpcrew.crew.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private static final Duration LENGTH = Duration.ofSeconds(6);
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String NAME = "worker-1";

  private final Lease lease = new Lease(LENGTH);

  @Test
  void a_write_may_leave_until_the_lease_is_over_and_no_later() {
    Lease.Claim claim = lease.claimed(NAME, 3, at(0), at(0));

    assertThat(claim.mayWrite(at(0))).isTrue();
    assertThat(claim.mayWrite(at(5_999))).isTrue();
    assertThat(claim.mayWrite(at(6_000))).isFalse();
    assertThat(claim.mayWrite(at(100_000))).isFalse();
  }

  @Property(tries = 500)
  void it_counts_from_before_the_sign_was_sent(
      @ForAll @LongRange(max = 5_999) long sign, @ForAll @LongRange(max = 20_000) long later) {
    var fresh = new Lease(LENGTH);
    Lease.Claim claim = fresh.claimed(NAME, 0, at(0), at(0));
    fresh.signed(NAME, 0, at(sign), at(sign));

    assertThat(claim.mayWrite(at(sign + later))).isEqualTo(later < 6_000);
  }

  @Test
  void an_older_sign_that_is_acknowledged_late_does_not_shorten_it() {
    Lease.Claim claim = lease.claimed(NAME, 3, at(2_000), at(2_000));
    lease.signed(NAME, 3, at(0), at(0));

    assertThat(claim.mayWrite(at(7_000))).isTrue();
  }

  @Test
  void a_sign_elsewhere_lengthens_nothing_here() {
    Lease.Claim claim = lease.claimed(NAME, 3, at(0), at(0));
    lease.signed(NAME, 4, at(5_000), at(5_000));

    assertThat(claim.mayWrite(at(7_000))).isFalse();
  }

  @Test
  void what_has_run_out_never_comes_back() {
    Lease.Claim lost = lease.claimed(NAME, 3, at(0), at(0));
    lease.signed(NAME, 3, at(60_000), at(60_000));
    Lease.Claim fresh = lease.claimed(NAME, 3, at(61_000), at(61_000));
    lease.signed(NAME, 3, at(62_000), at(62_000));

    assertThat(lost.mayWrite(at(62_001))).isFalse();
    assertThat(fresh.mayWrite(at(62_001))).isTrue();
    assertThat(lease.held(NAME)).containsEntry(3, 1);
  }

  @Test
  void a_sign_that_is_acknowledged_after_the_end_renews_nothing_however_early_it_was_sent() {
    Lease.Claim claim = lease.claimed(NAME, 3, at(0), at(0));

    lease.signed(NAME, 3, at(5_000), at(6_500));

    assertThat(claim.mayWrite(at(6_501))).isFalse();
  }

  @Test
  void a_machine_that_was_suspended_is_told_by_its_wall_clock() {
    Lease.Claim claim = lease.claimed(NAME, 3, at(0), at(0));

    var awake = new Moment(at(1_000).nanos(), NOON.plusSeconds(60));

    assertThat(claim.mayWrite(awake)).isFalse();
  }

  @Test
  void a_wall_clock_that_was_set_back_lengthens_nothing() {
    Lease.Claim claim = lease.claimed(NAME, 3, at(0), at(0));

    var setBack = new Moment(at(7_000).nanos(), NOON.minusSeconds(60));

    assertThat(claim.mayWrite(setBack)).isFalse();
  }

  @Test
  void signs_under_a_new_name_keep_nothing_alive_that_was_taken_under_the_old_one() {
    Lease.Claim old = lease.claimed(NAME, 3, at(0), at(0));
    Lease.Claim claim = lease.claimed("worker-1-again", 3, at(5_000), at(5_000));
    lease.signed("worker-1-again", 3, at(9_000), at(9_000));

    assertThat(old.mayWrite(at(6_500))).isFalse();
    assertThat(claim.mayWrite(at(14_000))).isTrue();
    assertThat(lease.held("worker-1-again")).containsEntry(3, 1);
  }

  @Test
  void signs_are_given_where_turns_are_held_and_nowhere_else() {
    Lease.Claim one = lease.claimed(NAME, 3, at(0), at(0));
    lease.claimed(NAME, 3, at(0), at(0));
    Lease.Claim elsewhere = lease.claimed(NAME, 5, at(0), at(0));
    elsewhere.giveBack();
    one.giveBack();

    assertThat(lease.held(NAME)).containsOnlyKeys(3).containsValue(1);
  }

  private static Moment at(long millis) {
    return new Moment(Duration.ofHours(1).plusMillis(millis).toNanos(), NOON.plusMillis(millis));
  }
}
