package io.mcpcrew.crew.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pt | BRL | R$ 1.234,50 | 1.234,5",
        "en | USD | $1,234.50   | 1,234.5",
        "es | USD | USD1,234.50 | 1,234.5",
        "pt | USD | US$ 1.234,50 | 1.234,5",
        "en | BRL | R$1,234.50  | 1,234.5",
        "fr | BRL | R$ 1.234,50 | 1.234,5",
      })
  void money_and_numbers_are_written_as_the_customers_language_writes_them(
      String language, String currency, String money, String number) {
    var row = row(Map.of("price", 1234.5, "currency", currency), language);

    assertThat(row).containsEntry("price_money", money).containsEntry("price_number", number);
    assertThat(row).containsEntry("price", 1234.5);
  }

  @Test
  void every_kind_of_number_is_written_exactly() {
    var row =
        row(
            Map.of("a", 3, "b", 19.9, "c", new BigDecimal("0.10"), "d", 4_000_000_000L, "e", 0.1f),
            "pt");

    assertThat(row)
        .containsEntry("a_money", "R$ 3,00")
        .containsEntry("b_money", "R$ 19,90")
        .containsEntry("c_money", "R$ 0,10")
        .containsEntry("d_number", "4.000.000.000")
        .containsEntry("e_money", "R$ 0,10");
  }

  @Test
  void a_currency_that_nobody_knows_is_named_and_fails_nothing() {
    assertThat(row(Map.of("price", 1234.5, "currency", "pontos"), "pt"))
        .containsEntry("price_money", "pontos 1.234,50");
    assertThat(row(Map.of("price", 12, "currency", ""), "pt"))
        .containsEntry("price_money", "12,00");
  }

  @Test
  void what_is_no_number_stays_as_it_is_and_what_is_not_there_is_left_out() {
    Map<String, Object> found = new HashMap<>();
    found.put("name", "Furadeira");
    found.put("brand", null);
    found.put("in_stock", true);

    assertThat(row(found, "pt"))
        .containsOnly(Map.entry("name", "Furadeira"), Map.entry("in_stock", true));
  }

  @Test
  void what_is_no_list_of_records_is_no_row() {
    assertThat(Rows.of("text", "pt")).isEmpty();
    assertThat(Rows.of(Map.of("name", "x"), "pt")).isEmpty();
    assertThat(Rows.of(Arrays.asList("text", 3, Map.of("name", "x")), "pt")).hasSize(1);
  }

  private static Map<String, Object> row(Map<String, Object> found, String language) {
    return Rows.of(List.of(found), language).getFirst();
  }
}
