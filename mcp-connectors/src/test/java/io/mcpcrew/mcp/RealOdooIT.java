package io.mcpcrew.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/// The same tools against a real Odoo 19 with demo data, where one is named:
/// `MCPCREW_ODOO_URL=http://127.0.0.1:8069 MCPCREW_ODOO_DATABASE=... MCPCREW_ODOO_KEY=...`.
@Tag("slow")
@EnabledIfEnvironmentVariable(named = "MCPCREW_ODOO_URL", matches = "http.*")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway") // what is missing fails the test, as it should
class RealOdooIT {
  private Installation installation;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    installation = Installation.start(folder, Map.of());
    Path key = folder.resolve("real.key");
    Files.writeString(key, System.getenv("MCPCREW_ODOO_KEY"));
    installation.moveOdoo(
        Installation.LOJA,
        System.getenv("MCPCREW_ODOO_URL"),
        System.getenv("MCPCREW_ODOO_DATABASE"),
        key);
  }

  @AfterAll
  void stop() {
    installation.close();
  }

  private List<Map<String, Object>> call(String tool, Map<String, Object> arguments) {
    return Installation.records(installation.call("odoo", Installation.LOJA, tool, arguments));
  }

  @Test
  void products_are_found_with_price_and_currency() {
    assertThat(call("find_products", Map.of("query", "desks")))
        .isNotEmpty()
        .allSatisfy(product -> {
          assertThat(product.get("name").toString()).containsIgnoringCase("desk");
          assertThat(product).containsKeys("price", "currency", "in_stock");
        });
  }

  @Test
  void the_wildcards_that_stand_for_accents_mean_the_same_to_the_real_one() {
    assertThat(call("find_products", Map.of("query", "DÈSK"))).isNotEmpty();
    assertThat(call("find_products", Map.of("query", "helicóptero"))).isEmpty();
  }

  @Test
  void a_lead_is_created_once_for_a_key() {
    String key = "test/" + UUID.randomUUID();
    var wish = Map.<String, Object>of("name", "Wants a desk", "idempotency_key", key);

    var first = call("create_lead", wish);

    assertThat(call("create_lead", wish)).isEqualTo(first);
    assertThat(call("find_lead_by_key", Map.of("idempotency_key", key))).isEqualTo(first);
  }

  @Test
  void an_order_is_told_by_its_number() {
    var some =
        call(
            "search_records", Map.of("model", "sale.order", "fields", List.of("name"), "limit", 1));
    String name = String.valueOf(some.getFirst().get("name"));

    assertThat(call("order_status", Map.of("reference", name)))
        .singleElement()
        .satisfies(order -> assertThat(order).containsEntry("name", name).containsKey("total"));
  }

  @Test
  void a_wrong_field_is_a_refusal_without_a_traceback() {
    var result =
        installation.call(
            "odoo",
            Installation.LOJA,
            "search_records",
            Map.of("model", "res.partner", "fields", List.of("shoe_size")));
    assertThat(result.isError()).isTrue();
    assertThat(result.meta()).containsEntry("crew/failure", "refused");
    assertThat(Installation.text(result)).doesNotContain("Traceback", "File \"");
  }
}
