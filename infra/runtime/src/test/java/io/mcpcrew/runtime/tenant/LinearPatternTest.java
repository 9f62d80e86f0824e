package io.mcpcrew.runtime.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a(?=b) | without look-around",
        "(a)\\1 | invalid escape",
        "(a | missing",
        "a* | matches nothing at all",
        "((a{99}){99}){99} | repeats are too many",
        "((a{90}){90}) | too large",
        "x{99999999999} | repeats are too many",
      })
  void aPatternIsRefusedWithAReasonForItsAuthor(String pattern, String because) {
    assertThatThrownBy(() -> LinearPattern.of(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(because);
  }

  @Test
  void aPatternHasALengthThatAPersonCanRead() {
    assertThatThrownBy(() -> LinearPattern.of("a".repeat(201)))
        .hasMessageContaining("1 to 200 characters");
  }

  @Test
  void caseAndAccentsOfThePatternDoNotMatter() {
    assertThat(LinearPattern.of("ORÇAMENTO n[ºo] \\d{1,6}").in("meu orcamento no 77").find())
        .isTrue();
  }

  @Test
  void aNamedGroupIsAKind() {
    assertThat(LinearPattern.of("os (?P<order>\\d+)").kinds()).containsExactly("order");
  }

  @Test
  void aRuleThatIsTooLargeIsRefused() {
    assertThatThrownBy(() -> new Tenant.IntentRule("x", "sales", Collections.nCopies(201, "a")))
        .hasMessageContaining("201 phrases; 200 are allowed");
    assertThatThrownBy(() -> new Tenant.IntentRule("x", "sales", List.of("!?")))
        .hasMessageContaining("needs a word");
  }
}
