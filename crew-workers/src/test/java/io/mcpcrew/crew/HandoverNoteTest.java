package io.mcpcrew.crew;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.schemas.contract.Turn;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a person who takes over reads of what was tried.
class HandoverNoteTest {
  private final Turn turn = Shop.turn(Shop.id(Shop.LOJA, "7", 1), 1, "pt");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pt | odoo__find_products: 0 records | Já tentado: odoo__find_products: nada encontrado",
        "pt | odoo__find_products: 3 records | Já tentado: odoo__find_products: 3 encontrados",
        "pt | odoo__confirm_order: answered  | Já tentado: odoo__confirm_order: respondeu",
        "pt | odoo__cancel_order: só rascunhos | Já tentado: odoo__cancel_order: só rascunhos",
        "es | odoo__find_products: 0 records | Ya se probó: odoo__find_products: nada encontrado",
        "en | odoo__find_products: 0 records | Tried: odoo__find_products: 0 records",
      })
  void what_was_tried_is_told_in_the_companys_language(String language, String tried, String told) {
    assertThat(HandoverNote.of(language, turn, List.of(tried), "").lines()).contains(told);
  }

  @Test
  void of_many_the_last_four_are_told_on_one_short_line() {
    List<String> tried = List.of("a: 1 records", "b: 1 records", "c: answered", "d: x", "e: y");

    assertThat(HandoverNote.of("pt", turn, tried, "").lines())
        .contains("Já tentado: b: 1 encontrados; c: respondeu; d: x; e: y");
    assertThat(HandoverNote.of("pt", turn, List.of("a: " + "x".repeat(500)), "").lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThan(190));
  }
}
