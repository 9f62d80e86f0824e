package io.mcpcrew.crew;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CrewSettingsTest {

  @Test
  void a_worker_that_could_never_take_a_turn_is_refused_at_its_start() {
    // A poll brings up to 500 turns, and none are asked for without room for as many.
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(499, 1, 6, 2))
        .withMessageContaining("crew.places");
    assertThat(settings(500, 1, 6, 2).places()).isEqualTo(500);
  }

  @Test
  void an_account_without_a_place_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> settings(5000, 0, 6, 2));
  }

  @Test
  void a_lease_that_one_lost_sign_would_end_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> settings(5000, 500, 3, 2));
    assertThat(settings(5000, 500, 4, 2).lease()).isEqualTo(Duration.ofSeconds(4));
  }

  private static CrewSettings settings(int places, int perAccount, int lease, int sign) {
    return new CrewSettings(
        places,
        perAccount,
        100,
        Duration.ofSeconds(lease),
        Duration.ofSeconds(sign),
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        true,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        Duration.ofMillis(300),
        "");
  }
}
