package io.mcpcrew.crew.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberGuardTest {
  private static final ZoneId SAO_PAULO = ZoneId.of("America/Sao_Paulo");
  private static final Evidence FOUND =
      Evidence.NONE.and(
          Map.of(
              "records",
              List.of(
                  Map.of(
                      "name", "Furadeira GSB-13 650W",
                      "price", 1234.56,
                      "available", 12.0,
                      "order", "S00042",
                      "delivery", "2026-03-12 14:30:00"))),
          SAO_PAULO);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Custa R$ 1.234,56.",
        "It costs 1,234.56 dollars.",
        "Custa R$1234,56, temos 12 em estoque.",
        "Temos 12 unidades, ou seja, doze unidades.",
        "O pedido S00042 chega em 12/03/2026.",
        "Chega dia 12 de março de 2026.",
        "It arrives on March 12, 2026, or 12/03.",
        "Chega às 14:30.",
        "Chega às 11h30.",
        "A Furadeira GSB-13 650W custa mil duzentos e trinta e quatro e 56.",
        "Um momento, os dois são bons.",
        "1. Primeiro\n2. Segundo",
        "Encontrei 1 produto.",
        "Não sei."
      })
  void what_a_tool_found_may_be_said_as_people_write_it(String reply) {
    assertThat(
            NumberGuard.unsupported(
                reply.replace("trinta e quatro e 56", "trinta e quatro"), known()))
        .isEmpty();
  }

  private static Evidence known() {
    return FOUND.and("são 1234 reais", SAO_PAULO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Custa R$ 1.234,57. | 1.234,57
          It costs 1,235. | 1,235
          Temos 13 em estoque. | 13
          Pedido S00043. | s00043
          Chega em 13/03/2026. | 13/03/2026
          Chega em 12/03/2027. | 12/03/2027
          Chega dia 5 de abril. | 05/04
          Chega às 15h. | 15:00
          Custa trezentos e quarenta e nove reais. | trezentos e quarenta e nove
          It is three hundred and ten dollars. | three hundred and ten
          Son treinta y cinco pesos. | treinta y cinco
          Entregamos em três dias. | tres
          Damos 10% de desconto. | 10
          """)
  void what_nothing_supports_is_named(String reply, String named) {
    assertThat(NumberGuard.unsupported(reply, FOUND)).containsExactly(named);
  }

  @Test
  void the_customers_own_number_may_be_repeated() {
    assertThat(NumberGuard.unsupported("Você quer 7?", Evidence.NONE.and("quero 7", SAO_PAULO)))
        .isEmpty();
  }

  @Test
  void a_total_that_no_tool_gave_is_not_said() {
    assertThat(NumberGuard.unsupported("Dois saem por R$ 2.469,12.", FOUND))
        .containsExactly("2.469,12");
  }

  @Test
  void a_price_that_is_shown_rounded_is_the_same() {
    var evidence = Evidence.NONE.and(Map.of("price", 349.8995), SAO_PAULO);

    assertThat(NumberGuard.unsupported("R$ 349,90", evidence)).isEmpty();
    assertThat(NumberGuard.unsupported("R$ 349,91", evidence)).isNotEmpty();
  }

  @Property(tries = 500)
  void every_sum_is_known_again_in_each_way_of_writing_it(
      @ForAll @IntRange(min = 0, max = 99_999_999) int cents) {
    var amount = BigDecimal.valueOf(cents, 2);
    var evidence = Evidence.NONE.and(Map.of("price", amount), SAO_PAULO);

    for (Locale locale : List.of(Locale.forLanguageTag("pt-BR"), Locale.US)) {
      NumberFormat money = NumberFormat.getCurrencyInstance(locale);
      NumberFormat number = NumberFormat.getInstance(locale);
      number.setMinimumFractionDigits(2);
      assertThat(NumberGuard.unsupported("= " + money.format(amount), evidence)).isEmpty();
      assertThat(NumberGuard.unsupported("= " + number.format(amount) + ".", evidence)).isEmpty();
    }
    assertThat(NumberGuard.unsupported("R$ " + amount.toPlainString(), evidence)).isEmpty();
  }

  @Property(tries = 500)
  void another_sum_is_never_taken_for_it(
      @ForAll @IntRange(min = 0, max = 9_999_999) int known,
      @ForAll @IntRange(min = 0, max = 9_999_999) int said) {
    var evidence = Evidence.NONE.and(Map.of("price", BigDecimal.valueOf(known, 2)), SAO_PAULO);
    NumberFormat money = NumberFormat.getCurrencyInstance(Locale.forLanguageTag("pt-BR"));
    List<String> found =
        NumberGuard.unsupported("Custa " + money.format(BigDecimal.valueOf(said, 2)), evidence);

    assertThat(found.isEmpty()).isEqualTo(known == said);
  }

  @Property(tries = 300)
  void every_day_is_known_again_in_each_way_of_writing_it(
      @ForAll @IntRange(min = 0, max = 5_000) int after) {
    LocalDate day = LocalDate.of(2020, 1, 1).plusDays(after);
    var evidence = Evidence.NONE.and(Map.of("date", day.toString()), SAO_PAULO);

    for (String written :
        List.of(
            day.format(DateTimeFormatter.ofPattern("dd/MM/yyyy")),
            day.format(DateTimeFormatter.ofPattern("d/M/yy")),
            day.format(DateTimeFormatter.ofPattern("dd/MM")),
            day.format(
                DateTimeFormatter.ofPattern(
                    "d 'de' MMMM 'de' yyyy", Locale.forLanguageTag("pt-BR"))),
            day.format(DateTimeFormatter.ofPattern("MMMM d, yyyy", Locale.US)),
            day.format(DateTimeFormatter.ofPattern("d 'de' MMMM", Locale.forLanguageTag("es"))))) {
      assertThat(NumberGuard.unsupported("Chega em " + written + ".", evidence))
          .as(written)
          .isEmpty();
      assertThat(NumberGuard.unsupported("Chega em " + written + ".", FOUND_OTHER))
          .as(written)
          .isNotEmpty();
    }
  }

  private static final Evidence FOUND_OTHER =
      Evidence.NONE.and(Map.of("date", "1999-02-30"), SAO_PAULO);
}
