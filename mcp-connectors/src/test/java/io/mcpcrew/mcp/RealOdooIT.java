package io.mcpcrew.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.schemas.AccountId;
import java.io.IOException;
import java.math.BigDecimal;
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

/// The same tools against a real Odoo 19 with demo data. `./crew test --all` starts one and names
/// it here: its address, and for each of two accounts a database and a key of that.
@Tag("slow")
@EnabledIfEnvironmentVariable(named = "MCPCREW_ODOO_URL", matches = "http.*")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway") // what is missing fails the test, as it should
class RealOdooIT {
  private Installation installation;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    installation = Installation.start(folder, Map.of());
    move(Installation.LOJA, "MCPCREW_ODOO_DATABASE", folder, "MCPCREW_ODOO_KEY");
    if (System.getenv("MCPCREW_ODOO_OTHER_DATABASE") != null) {
      move(Installation.CLINICA, "MCPCREW_ODOO_OTHER_DATABASE", folder, "MCPCREW_ODOO_OTHER_KEY");
    }
  }

  private void move(AccountId account, String database, Path folder, String key)
      throws IOException {
    Path file = folder.resolve(account + ".real.key");
    Files.writeString(file, System.getenv(key));
    installation.moveOdoo(
        account, System.getenv("MCPCREW_ODOO_URL"), System.getenv(database), file);
  }

  @AfterAll
  void stop() {
    installation.close();
  }

  private List<Map<String, Object>> call(String tool, Map<String, Object> arguments) {
    return call(Installation.LOJA, tool, arguments);
  }

  private List<Map<String, Object>> call(
      AccountId account, String tool, Map<String, Object> arguments) {
    return Installation.records(installation.call("odoo", account, tool, arguments));
  }

  /// As the database has them, whatever a tool makes of them.
  private List<Map<String, Object>> records(
      AccountId account, String model, String field, Object value, String... fields) {
    return call(
        account,
        "search_records",
        Map.of(
            "model", model,
            "domain", List.of(List.of(field, "=", value)),
            "fields", List.of(fields)));
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
    assertThat(call("find_by_key", Map.of("idempotency_key", key)))
        .singleElement()
        .satisfies(found ->
            assertThat(found)
                .containsEntry("model", "crm.lead")
                .containsAllEntriesOf(first.getFirst()));
  }

  @Test
  void the_same_wish_twenty_times_at_once_is_one_lead() throws Exception {
    String key = "test/" + UUID.randomUUID();
    var wish = Map.<String, Object>of("name", "Wants twenty desks", "idempotency_key", key);

    var answers = Installation.atOnce(20, () -> call("create_lead", wish));

    assertThat(answers).hasSize(20).containsOnly(answers.getFirst());
    assertThat(
            call(
                "search_records",
                Map.of(
                    "model",
                    "crm.lead",
                    "domain",
                    List.of(List.of("referred", "=like", key + " %")))))
        .hasSize(1);
  }

  @Test
  void price_and_stock_are_those_that_the_database_has() {
    var desk =
        call("find_products", Map.of("query", "desk", "limit", 50)).stream()
            .filter(product -> product.containsKey("available"))
            .filter(product -> !product.get("code").toString().isEmpty())
            .findFirst()
            .orElseThrow();

    var stock = call("check_stock", Map.of("code", desk.get("code")));
    var kept =
        records(
            Installation.LOJA, "product.product", "id", desk.get("id"), "list_price", "free_qty");

    assertThat(stock).contains(desk);
    assertThat(kept)
        .singleElement()
        .satisfies(product -> {
          assertThat(number(desk, "price")).isEqualByComparingTo(number(product, "list_price"));
          assertThat(number(desk, "available")).isEqualByComparingTo(number(product, "free_qty"));
        });
    assertThat(desk).containsEntry("in_stock", number(desk, "available").signum() > 0);
  }

  private static BigDecimal number(Map<String, Object> record, String field) {
    return new BigDecimal(record.get(field).toString());
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "MCPCREW_ODOO_OTHER_DATABASE", matches = ".+")
  void what_one_account_has_in_its_odoo_is_not_found_through_another_s() {
    String key = "test/" + UUID.randomUUID();
    String name = "Wants a desk, " + key;
    var wish = Map.<String, Object>of("name", name, "idempotency_key", key);

    var mine = call(Installation.LOJA, "create_lead", wish);

    assertThat(call(Installation.CLINICA, "find_by_key", Map.of("idempotency_key", key))).isEmpty();
    assertThat(records(Installation.CLINICA, "crm.lead", "name", name, "name")).isEmpty();

    var theirs = call(Installation.CLINICA, "create_lead", wish);

    assertThat(records(Installation.LOJA, "crm.lead", "name", name, "name")).isEqualTo(mine);
    assertThat(records(Installation.CLINICA, "crm.lead", "name", name, "name")).isEqualTo(theirs);
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "MCPCREW_ODOO_OTHER_DATABASE", matches = ".+")
  void a_key_opens_no_database_but_its_own(@TempDir Path folder) throws IOException {
    try {
      move(Installation.CLINICA, "MCPCREW_ODOO_OTHER_DATABASE", folder, "MCPCREW_ODOO_KEY");

      var result =
          installation.call("odoo", Installation.CLINICA, "find_products", Map.of("query", "desk"));

      assertThat(result.isError()).isTrue();
      assertThat(result.meta()).containsEntry("crew/failure", "refused");
    } finally {
      move(Installation.CLINICA, "MCPCREW_ODOO_OTHER_DATABASE", folder, "MCPCREW_ODOO_OTHER_KEY");
    }
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
