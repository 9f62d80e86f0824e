package io.mcpcrew.crew.guard;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class FoldedTest {
  @Test
  void case_accents_hidden_signs_and_spaces_make_no_difference() {
    assertThat(Folded.of("  Furadeira\u00a0DE  Impacto\u00ad,\tN\u00ba 3\n"))
        .isEqualTo("furadeira de impacto, no 3");
    assertThat(Folded.of("AÇÃO\u200b só hoje")).isEqualTo("acao so hoje");
  }

  @Property
  void the_short_way_for_latin_letters_comes_to_what_the_long_one_does(
      @ForAll("latin") String text) {
    assertThat(Folded.of(text)).isEqualTo(Folded.ofAny(text));
  }

  @Provide
  Arbitrary<String> latin() {
    return Arbitraries.strings().withCharRange('\0', '\u0260').ofMaxLength(40);
  }
}
