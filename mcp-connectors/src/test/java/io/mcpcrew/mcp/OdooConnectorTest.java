package io.mcpcrew.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway") // a missing key fails the test, as it should
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OdooConnectorTest {
  private Installation installation;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    installation = Installation.start(folder, Map.of());
  }

  @AfterAll
  void stop() {
    installation.close();
  }

  private List<Map<String, Object>> loja(String tool, Map<String, Object> arguments) {
    return Installation.records(installation.call("odoo", Installation.LOJA, tool, arguments));
  }

  @Test
  void every_tool_says_what_it_does_and_what_repeating_it_does() {
    try (McpSyncClient client = installation.client("odoo", Installation.LOJA)) {
      List<McpSchema.Tool> tools = client.listTools().tools();
      assertThat(tools)
          .extracting(McpSchema.Tool::name)
          .contains(
              "find_products", "check_stock", "order_status", "create_lead", "search_records");
      assertThat(tools)
          .allSatisfy(tool -> {
            assertThat(tool.description()).hasSizeGreaterThan(40);
            assertThat(tool.inputSchema()).containsKey("properties");
            assertThat(tool.inputSchema().get("required"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains("account_id");
            assertThat(tool.meta()).containsKey("crew/effect");
          });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "furadeira de impacto",
        "FURADEIRAS DE IMPACTO",
        "furadeira impacto 650",
        "FUR-650",
        "a furadeira de impacto"
      })
  void a_product_is_found_by_what_a_customer_calls_it(String query) {
    assertThat(loja("find_products", Map.of("query", query)))
        .first()
        .satisfies(product -> {
          assertThat(product.get("name").toString()).contains("Furadeira de Impacto");
          assertThat(product).containsKeys("price", "available", "code");
          assertThat(product).containsEntry("currency", "BRL");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"nivel", "nível", "NIVEIS", "oculos"})
  void accents_do_not_matter_though_they_do_to_odoo(String query) {
    assertThat(loja("find_products", Map.of("query", query))).isNotEmpty();
  }

  @Test
  void an_ending_that_differs_does_not_hide_what_is_meant() {
    assertThat(
            Installation.records(
                installation.call(
                    "odoo",
                    Installation.CLINICA,
                    "find_products",
                    Map.of("query", "consulta com cardiologista"))))
        .singleElement()
        .satisfies(found -> assertThat(found).containsEntry("name", "Consulta Cardiologia"));
  }

  @Test
  void some_of_the_words_will_do_unless_all_are_wanted() {
    var query = "furadeira amarela";

    assertThat(loja("find_products", Map.of("query", query))).isNotEmpty();
    assertThat(loja("find_products", Map.of("query", query, "every_word", true))).isEmpty();
    assertThat(loja("find_products", Map.of("query", "furadeira", "every_word", true)))
        .isNotEmpty();
  }

  @Test
  void a_service_is_told_to_be_one() {
    assertThat(loja("find_products", Map.of("query", "furadeira")))
        .noneSatisfy(product -> assertThat(product).containsKey("service"));
    assertThat(
            Installation.records(
                installation.call(
                    "odoo",
                    Installation.CLINICA,
                    "find_products",
                    Map.of("query", "consulta cardiologia"))))
        .allSatisfy(found -> assertThat(found).containsEntry("service", true))
        .isNotEmpty();
  }

  @Test
  void what_nobody_sells_is_not_found() {
    assertThat(loja("find_products", Map.of("query", "helicóptero"))).isEmpty();
  }

  @Test
  void a_service_has_a_price_and_no_stock() {
    assertThat(
            Installation.records(
                installation.call(
                    "odoo",
                    Installation.CLINICA,
                    "find_products",
                    Map.of("query", "consulta cardiologia"))))
        .first()
        .satisfies(service -> {
          assertThat(service).containsKey("price").doesNotContainKey("available");
          assertThat(service).containsEntry("in_stock", true);
        });
  }

  @Test
  void an_order_is_told_in_words_of_the_customer() {
    Map<String, Object> order =
        Map.of(
            "model",
            "sale.order",
            "domain",
            List.of(List.of("state", "=", "sale")),
            "limit",
            1,
            "fields",
            List.of("name"));
    String name = loja("search_records", order).getFirst().get("name").toString();

    assertThat(loja("order_status", Map.of("reference", name.toLowerCase(Locale.ROOT))))
        .singleElement()
        .satisfies(found -> {
          assertThat(found).containsEntry("name", name).containsKey("total");
          assertThat(found.get("state_label").toString()).isNotBlank();
          assertThat(found).doesNotContainKeys("partner_id", "partner");
        });
  }

  @Test
  void a_lead_is_created_once_for_a_key() {
    Map<String, Object> wish =
        Map.of(
            "name", "Quer orçamento de 20 furadeiras",
            "phone", "+5511999990000",
            "idempotency_key", "loja/chatwoot-1#1/sales/1/1");

    var first = loja("create_lead", wish);
    var second = loja("create_lead", wish);

    assertThat(second).isEqualTo(first);
    assertThat(loja("find_by_key", Map.of("idempotency_key", "loja/chatwoot-1#1/sales/1/1")))
        .singleElement()
        .satisfies(found ->
            assertThat(found)
                .containsEntry("model", "crm.lead")
                .containsAllEntriesOf(first.getFirst()));
    assertThat(loja("find_by_key", Map.of("idempotency_key", "never-used"))).isEmpty();
    assertThat(installation.audited()).contains("allowed loja call_tool odoo.create_lead");
  }

  @Test
  void the_same_wish_twenty_times_at_once_is_one_lead() throws Exception {
    Map<String, Object> wish =
        Map.of("name", "Quer 20 trenas", "idempotency_key", "loja/chatwoot-2#1/sales/1/1");

    var answers = Installation.atOnce(20, () -> loja("create_lead", wish));

    assertThat(answers).hasSize(20).containsOnly(answers.getFirst());
    assertThat(
            loja(
                "search_records",
                Map.of(
                    "model",
                    "crm.lead",
                    "domain",
                    List.of(List.of("referred", "=like", "loja/chatwoot-2#1/sales/1/1 %")))))
        .hasSize(1);
  }

  @Test
  void technical_models_are_not_offered() {
    for (String model : List.of("ir.config_parameter", "res.users", "res.users.apikeys")) {
      var result =
          installation.call("odoo", Installation.LOJA, "search_records", Map.of("model", model));
      assertThat(result.isError()).isTrue();
      assertThat(Installation.text(result)).contains("not offered");
    }
  }

  @Test
  void a_field_that_is_not_there_is_a_refusal_that_a_model_can_act_on_and_no_traceback() {
    var result =
        installation.call(
            "odoo",
            Installation.LOJA,
            "search_records",
            Map.of("model", "res.partner", "fields", List.of("shoe_size")));

    assertThat(result.isError()).isTrue();
    assertThat(result.meta()).containsEntry("crew/failure", "refused");
    assertThat(Installation.text(result)).contains("shoe_size").doesNotContain("Traceback");
  }

  @Test
  void a_misspelt_argument_is_told_and_not_ignored() {
    var result =
        installation.call(
            "odoo", Installation.LOJA, "find_products", Map.of("query", "furadeira", "limt", 3));
    assertThat(result.isError()).isTrue();
    assertThat(Installation.text(result)).contains("limt");
  }
}
