package io.mcpcrew.crew.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SplittingTest {
  @Test
  void what_fits_stays_together() {
    assertThat(Splitting.parts("Um.\n\nDois.", 20)).containsExactly("Um.\n\nDois.");
    assertThat(Splitting.parts("", 20)).containsExactly("");
  }

  @Test
  void paragraphs_are_cut_before_lines_and_lines_before_sentences() {
    assertThat(Splitting.parts("Um parágrafo.\n\nOutro parágrafo.", 20))
        .containsExactly("Um parágrafo.", "Outro parágrafo.");
    assertThat(Splitting.parts("1. Furadeira\n2. Trena\n3. Serrote", 22))
        .containsExactly("1. Furadeira\n2. Trena", "3. Serrote");
    assertThat(Splitting.parts("Custa R$ 349,90. Temos doze. Quer uma?", 30))
        .containsExactly("Custa R$ 349,90. Temos doze.", "Quer uma?");
  }

  @Test
  void what_has_no_border_is_cut_between_words_and_else_between_characters() {
    assertThat(Splitting.parts("uma frase que nunca termina", 12))
        .allSatisfy(part -> assertThat(part).hasSizeLessThanOrEqualTo(12))
        .first()
        .isEqualTo("uma frase");
    assertThat(Splitting.parts("x".repeat(25), 10)).hasSize(3);
    assertThat(Splitting.parts("👍".repeat(6), 5))
        .allSatisfy(part -> assertThat(part.codePoints().allMatch(c -> c == 0x1F44D)).isTrue());
  }

  @Test
  void nothing_is_lost_and_the_order_is_kept() {
    String text = "Olá! Tudo bem? ".repeat(40) + "\n\n" + "linha\n".repeat(30) + "y".repeat(120);
    List<String> parts = Splitting.parts(text, 50);

    assertThat(parts).allSatisfy(part -> assertThat(part).hasSizeLessThanOrEqualTo(50));
    assertThat(String.join("", parts).replaceAll("\\s", "")).isEqualTo(text.replaceAll("\\s", ""));
  }

  @Test
  void each_channel_has_its_length() {
    assertThat(Splitting.longest("whatsapp")).isEqualTo(4_000);
    assertThat(Splitting.longest("email")).isEqualTo(50_000);
  }
}
