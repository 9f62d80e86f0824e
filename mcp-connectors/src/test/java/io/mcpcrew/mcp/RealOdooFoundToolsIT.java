package io.mcpcrew.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.schemas.AccountId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/// The tools that are made of what is installed in a real Odoo 19, by all three protocols.
@Tag("slow")
@Timeout(120)
@EnabledIfEnvironmentVariable(named = "MCPCREW_ODOO_URL", matches = "http.*")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway") // what is missing fails the test, as it should
class RealOdooFoundToolsIT {
  private static final AccountId LOJA = Installation.LOJA;

  private Installation installation;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    installation =
        Installation.start(
            folder, Map.of("connectors.odoo.found-models", "stock.*,sale.order,crm.tag"));
    Path key = folder.resolve("real.key");
    Files.writeString(key, System.getenv("MCPCREW_ODOO_KEY"));
    installation.moveOdoo(
        LOJA, System.getenv("MCPCREW_ODOO_URL"), System.getenv("MCPCREW_ODOO_DATABASE"), key);
  }

  @AfterAll
  void stop() {
    installation.close();
  }

  private List<String> offered(AccountId account) {
    return installation.tools("odoo", account);
  }

  private List<Map<String, Object>> call(String tool, Map<String, Object> arguments) {
    return Installation.records(installation.call("odoo", LOJA, tool, arguments));
  }

  @Test
  void an_account_is_offered_what_is_installed_and_what_was_named() {
    assertThat(offered(LOJA))
        .contains("find_products", "search_sale_order", "search_stock_picking")
        .doesNotContain("search_crm_lead", "search_res_users", "search_ir_cron")
        .hasSizeLessThan(90);
  }

  @Test
  void the_same_tools_are_found_by_the_protocols_of_older_versions() {
    List<String> byJson2 = offered(LOJA);
    for (String protocol : List.of("json-rpc", "xml-rpc", "json-2")) {
      installation.speak(LOJA, "admin", protocol);
      assertThat(offered(LOJA)).as(protocol).isEqualTo(byJson2);
    }
  }

  @Test
  void what_is_found_can_be_searched_by_its_fields() {
    List<Map<String, Object>> orders = call("search_sale_order", Map.of("state", "sale"));

    assertThat(orders)
        .isNotEmpty()
        .allSatisfy(
            order -> assertThat(order).containsEntry("state", "sale").containsKeys("id", "name"));
  }

  @Test
  void what_is_made_is_made_once_for_a_key_and_only_with_the_same_arguments() {
    String key = "test/" + UUID.randomUUID();
    Map<String, Object> wish =
        new HashMap<>(Map.of("name", "Found by a test " + key, "idempotency_key", key));
    installation.speak(LOJA, "admin", "json-2");

    var first = call("create_crm_tag", wish);

    assertThat(call("create_crm_tag", wish)).isEqualTo(first);
    wish.put("name", "Something else");
    assertThat(Installation.text(installation.call("odoo", LOJA, "create_crm_tag", wish)))
        .contains("used with other arguments");
  }

  @Test
  void another_account_is_offered_what_its_own_system_has() {
    assertThat(offered(Installation.CLINICA)).doesNotContain("search_stock_picking");
  }
}
