package io.mcpcrew.crew.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How long the one who takes turns rests after a take; TurnTakerIT is about the rest of it.
class TurnTakerTest {
  @ParameterizedTest(name = "after a take of {0} ms it rests {1} ms: {2}")
  @CsvSource({
    "0, 10, until the time between takes is over",
    "3, 7, until the time between takes is over",
    "5, 5, half and half",
    "8, 8, as long as the take was",
    "40, 40, as long as the take was",
    "2000, 50, a turn does not wait for long because one take was slow"
  })
  void aTakeIsFollowedByARest(long took, long rests, String because) {
    assertThat(TurnTaker.rest(Duration.ofMillis(took)))
        .as(because)
        .isEqualTo(Duration.ofMillis(rests));
  }
}
