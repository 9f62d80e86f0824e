package io.mcpcrew.intent.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpcrew.intent.conversation.Rules.Limits;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitsLineTest {
  private static final Limits OTHERS =
      LimitsLine.with(
          Limits.DEFAULT, Map.of("lease", "PT9S", "attempts", "3", "losses", "7", "places", "5"));

  @Test
  void what_was_recorded_is_read_as_it_was() {
    assertThat(LimitsLine.parse(LimitsLine.of(OTHERS))).isEqualTo(OTHERS);
    assertThat(OTHERS.lease()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void before_there_were_losses_a_lost_attempt_counted_as_a_failed_one() {
    Limits read = LimitsLine.parse("lease=PT8S attempts=5");

    assertThat(read.attempts()).isEqualTo(5);
    assertThat(read.losses()).isEqualTo(5);
  }

  @Test
  void what_a_later_release_recorded_decided_nothing_here() {
    assertThat(LimitsLine.parse("moods=3 places=9").places()).isEqualTo(9);
  }

  @Test
  void a_limit_that_nobody_has_cannot_be_changed() {
    assertThatThrownBy(() -> LimitsLine.with(Limits.DEFAULT, Map.of("moods", "3")))
        .hasMessageContaining(
            "no limit called moods; there are: lease, deadline, attempts, losses");
  }
}
