package io.mcpcrew.simulators.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LikeTest {

  @Property(tries = 2000)
  void finds_what_a_regular_expression_of_the_same_meaning_finds(
      @ForAll @Chars({'a', 'B', 'á', '%', '_'}) @StringLength(max = 8) String pattern,
      @ForAll @Chars({'a', 'b', 'B', 'á', 'x'}) @StringLength(max = 8) String text) {
    var expected = new StringBuilder();
    pattern
        .chars()
        .forEach(sign ->
            expected.append(
                switch (sign) {
                  case '%' -> ".*";
                  case '_' -> ".";
                  default -> Pattern.quote(Character.toString(sign));
                }));

    assertThat(new Like(pattern, false).matches(text))
        .isEqualTo(Pattern.matches(expected.toString(), text));
  }

  @Test
  void ignores_case_but_never_accents() {
    assertThat(Like.anywhere("NÍVEL", true).matches("Nível de Alumínio")).isTrue();
    assertThat(Like.anywhere("nivel", true).matches("Nível de Alumínio")).isFalse();
    assertThat(Like.anywhere("NÍVEL", false).matches("Nível de Alumínio")).isFalse();
  }

  @Test
  void takes_an_escaped_sign_at_its_word() {
    assertThat(Like.anywhere("10\\%", true).matches("desconto de 10%")).isTrue();
    assertThat(Like.anywhere("10\\%", true).matches("10 peças")).isFalse();
  }

  @Test
  void does_not_take_ages_over_a_malicious_pattern() {
    String pattern = "%a".repeat(2000) + "b";

    assertThat(new Like(pattern, true).matches("a".repeat(20_000))).isFalse();
  }
}
