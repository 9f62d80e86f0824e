package io.mcpcrew.crew.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChoicesTest {
  private static List<String> titles(int count, int length) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> "%02d".formatted(i) + "x".repeat(length - 2))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "whatsapp, 3, 20, true",
    "whatsapp, 3, 21, false",
    "whatsapp, 4, 24, true",
    "whatsapp, 4, 25, false",
    "whatsapp, 10, 24, true",
    "whatsapp, 11, 24, false",
    "web, 10, 80, true",
    "facebook, 2, 5, false",
    "sms, 2, 5, false",
    "email, 2, 5, false",
    "api, 2, 5, false"
  })
  void they_are_pressed_within_the_channels_limits(
      String channel, int count, int length, boolean pressed) {
    assertThat(Choices.canBePressed(channel, titles(count, length))).isEqualTo(pressed);
  }

  @Test
  void two_of_the_same_name_are_told_by_their_numbers() {
    assertThat(Choices.canBePressed("web", List.of("Trena", "Trena"))).isFalse();
  }

  @Test
  void a_text_that_numbers_them_itself_stays_as_it_is() {
    String own = "Encontrei:\n1. Trena: R$ 5\n2. Broca: R$ 3\nQual?";

    assertThat(Choices.numbered(own, List.of("Trena", "Broca"))).isEqualTo(own);
    assertThat(Choices.numbered("Qual?", List.of("Trena", "Broca")))
        .isEqualTo("Qual?\n\n1. Trena\n2. Broca");
    assertThat(Choices.numbered("Qual?", List.of())).isEqualTo("Qual?");
  }
}
