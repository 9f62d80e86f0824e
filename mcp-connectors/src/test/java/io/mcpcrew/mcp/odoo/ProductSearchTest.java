package io.mcpcrew.mcp.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which products are meant by what customers write.
class ProductSearchTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "furadeiras        | Furadeira de Impacto 650 W           | FUR-650",
        "nivel de aluminio | Nível de Alumínio 60 cm              | NIV-60",
        "trena 5m          | Trena 5 m com Trava                  | TRE-5",
        "trena de 5 metros | Trena 5 m com Trava                  | TRE-5",
        "furadeira 12v     | Furadeira Parafusadeira 12 V         | PAR-12",
        "fur-650           | Furadeira de Impacto 650 W           | FUR-650",
        "mármore           | Serra Marmore 1300W                  | ''",
        "1300 watts        | Serra Marmore 1300W                  | ''",
      })
  void it_is_meant(String query, String name, String code) {
    var search = new ProductSearch(query);

    assertThat(search.matches(name, code)).isEqualTo(search.size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5 m               | Serra Tico-Tico 500 W                | SER-500",
        "5 m               | Broca 5 mm                           | BRO-5",
        "50                | Furadeira Compacta 500 W             | FUR-500",
        "12v               | Furadeira Parafusadeira 120 V        | PAR-120",
      })
  void it_is_not_meant(String query, String name, String code) {
    var search = new ProductSearch(query);

    assertThat(search.matches(name, code)).isLessThan(search.size());
  }

  @ParameterizedTest
  @CsvSource({"Consulta Pediatria,1", "Consulta Ortopedia,0"})
  void the_ending_of_a_long_word_is_open_and_its_beginning_is_not(String name, int words) {
    assertThat(new ProductSearch("pediatra").loosely().matches(name, "")).isEqualTo(words);
  }
}
