package io.mcpcrew.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The contract on the simulated Odoo of the tool shop.
@SuppressWarnings("NullAway") // what is missing fails the test, as it should
class OdooContractTest extends OdooContract {
  @Override
  Installation install(Path folder) throws IOException {
    return Installation.start(folder, ToolCase.and(PATIENT, Map.of(METHODS, METHOD)));
  }

  @Override
  Installation second(Path folder) throws IOException {
    var second = Installation.start(folder, Map.of());
    second.moveOdoo(Installation.LOJA, installation().odoo(Installation.LOJA).url());
    return second;
  }

  @Override
  String product() {
    return "FUR-650";
  }

  @Override
  long debtor() {
    return 3; // Construtora Horizonte
  }

  @Override
  long customer() {
    return 1; // Ana Beatriz Carvalho
  }

  @Test
  void a_company_with_a_price_list_pays_its_own_price_and_less_for_more() {
    var everybody = price(Map.of("code", "ESC-EXT"));
    var company = price(Map.of("code", "ESC-EXT", "phone", "+551133221100"));
    var many = price(Map.of("code", "ESC-EXT", "customer_id", 3, "quantity", 10));

    assertThat(everybody).isEqualTo(1290.0);
    assertThat(company).isEqualTo(1225.5);
    assertThat(many).isEqualTo(1135.2);
  }

  private Object price(Map<String, Object> arguments) {
    return records("price_for", arguments).getFirst().get("unit_price");
  }

  @Test
  void a_customer_is_found_however_the_number_is_written() {
    assertThat(records("find_customer", Map.of("phone", "(11) 98123-4501")))
        .singleElement()
        .satisfies(found -> assertThat(found).containsEntry("name", "Ana Beatriz Carvalho"));
    assertThat(records("find_customer", Map.of("email", "ANA.carvalho@correio.example")))
        .hasSize(1);
  }
}
