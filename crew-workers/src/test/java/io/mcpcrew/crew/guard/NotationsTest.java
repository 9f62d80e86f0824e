package io.mcpcrew.crew.guard;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class NotationsTest {
  private static final Notations EVERY = new Notations(true, true, true, true, true, true);

  @Property
  void a_number_that_is_looked_for_in_every_way_is_found_in_those_that_a_text_can_hold(
      @ForAll("texts") String text) {
    assertThat(Numbers.in(text, Notations.of(text))).isEqualTo(Numbers.in(text, EVERY));
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "1", "12", "31", "2026", "09", "h", "hs", "horas", "min", ":", "am", "pm", "/", ".",
            ",", "-", " ", " de ", "st", "o", "º", "marco", "set", "may", "january", "maria", "s",
            "so", "r$", "trinta", "e", "mil", "reais", "%", "ç");
    return pieces.list().ofMaxSize(12).map(list -> Folded.of(String.join("", list)));
  }

  @Test
  void a_price_and_a_stock_need_no_search_for_days_hours_or_codes() {
    assertThat(Notations.of("r$ 349,90, temos 12 unidades"))
        .isEqualTo(new Notations(true, false, false, false, false, false));
  }
}
