package io.mcpcrew.crew.hold;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HoldingLinesTest {
  private final HoldingLines lines = HoldingLines.builtIn();

  @Test
  void the_line_says_what_is_being_done_in_the_customers_language() {
    assertThat(lines.of("catalog.find", "pt"))
        .isEqualTo("Estou consultando o estoque, um momento.");
    assertThat(lines.of("catalog.find", "en")).isEqualTo("I am checking our stock, one moment.");
    assertThat(lines.of("catalog.find", "es"))
        .isEqualTo("Estoy consultando el inventario, un momento.");
  }

  @Test
  void what_fits_longest_is_said() {
    assertThat(lines.of("order.status", "pt")).contains("consultando o pedido");
    assertThat(lines.of("order.confirm", "pt")).contains("registrando o pedido");
  }

  @Test
  void what_is_not_known_is_looked_into() {
    assertThat(lines.of(null, "pt")).isEqualTo("Estou verificando isso para você, um momento.");
    assertThat(lines.of("orderly.thing", "en")).startsWith("I am looking into this");
    assertThat(lines.of("catalog.find", "de")).contains("estoque");
  }
}
