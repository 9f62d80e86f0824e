package io.mcpcrew.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.mcp.binding.BindingSettings;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.Test;

/// The contract on an ERP that a file binds: the example that is shipped.
@SuppressWarnings("NullAway") // what is missing fails the test, as it should
class BoundContractTest extends ConnectorContract {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("mcpcrew.root"), "mcp-connectors/examples/estoque.yaml");

  private OtherErp erp;

  @Override
  Installation install(Path folder) throws IOException {
    Path bindings = Files.createDirectories(folder.resolve("bindings"));
    Files.copy(EXAMPLE, bindings.resolve("estoque.yaml"));
    Map<String, Object> settings = new HashMap<>(PATIENT);
    settings.put(BindingSettings.FOLDER, bindings.toString());
    Installation installation = Installation.start(folder, settings);
    try {
      erp = closedAtTheEnd(new OtherErp(folder.resolve("erp"), "key-of-loja"));
    } catch (LifecycleException e) {
      throw new IOException(e);
    }
    installation.link(Installation.LOJA, connector(), erp.uri());
    return installation;
  }

  @Override
  String connector() {
    return "estoque";
  }

  @Override
  List<ToolCase> cases() {
    List<Map<String, Object>> lines = List.of(Map.of("code", "FUR-1", "quantity", 2));
    List<Map<String, Object>> unknown = List.of(Map.of("code", "X"));
    return List.of(
        ToolCase.of("find_products", Map.of("query", "furadeira"))
            .refuses(Map.of("query", " "), "query"),
        ToolCase.of("check_stock", Map.of("code", "FUR-1")).refuses(Map.of("code", ""), "code"),
        ToolCase.of("find_customer", Map.of("name", "Ana")).refuses(Map.of(), "is needed"),
        ToolCase.of("create_order", Map.of("lines", lines, "customer_id", 7))
            .refuses(Map.of("lines", unknown), "no such sku")
            .differs(Map.of("customer_id", 8)),
        ToolCase.of("order_status", () -> Map.of("reference", ordered()))
            .refuses(Map.of("reference", " "), "reference"),
        ToolCase.of("cancel_order", () -> Map.of("reference", ordered()))
            .refuses(Map.of("reference", "P9999"), "no order")
            .differs(Map.of("reference", "P0000")),
        ToolCase.of("create_lead", Map.of("name", "Quer um orçamento"))
            .refuses(Map.of("name", " "), "name")
            .differs(Map.of("name", "Outra coisa")),
        ToolCase.of("find_by_key", Map.of("idempotency_key", "never-used"))
            .refuses(Map.of("idempotency_key", " "), "idempotency_key"));
  }

  @Override
  void breakOther(BrokenBackend backend) {
    installation().link(Installation.CLINICA, connector(), backend.uri());
  }

  private String ordered() {
    return String.valueOf(order(newKey()).get("name"));
  }

  private Map<String, Object> order(String key) {
    return Installation.records(
            ask(
                "create_order",
                keyed(Map.of("lines", List.of(Map.of("code", "FUR-1")), "customer_id", 7), key)))
        .getFirst();
  }

  private McpSchema.CallToolResult ask(String tool, Map<String, Object> arguments) {
    return installation().call(connector(), Installation.LOJA, tool, arguments);
  }

  @Test
  void a_foreign_answer_becomes_the_records_that_crews_count_on() {
    assertThat(Installation.records(ask("find_products", Map.of("query", "furadeira"))))
        .containsExactly(
            Map.of(
                "id",
                11,
                "name",
                "Furadeira 500 W",
                "code",
                "FUR-1",
                "price",
                249.90,
                "currency",
                "BRL",
                "available",
                4,
                "in_stock",
                true),
            Map.of(
                "id",
                12,
                "name",
                "Furadeira 900 W",
                "code",
                "FUR-2",
                "price",
                399.00,
                "currency",
                "BRL",
                "available",
                0,
                "in_stock",
                false));
    assertThat(Installation.records(ask("find_products", Map.of("query", "furadeira", "limit", 1))))
        .hasSize(1);
  }

  @Test
  void the_foreign_server_gets_its_own_arguments_and_nothing_of_ours() {
    ask("check_stock", Map.of("code", "FUR-2"));
    order("a-key/of/ours");

    assertThat(erp.calls).contains("search_items {max=10, text=FUR-2}");
    assertThat(erp.calls)
        .contains(
            "new_order {client=7, external_id=a-key/of/ours, positions=[{amount=1, sku=FUR-1}]}");
    assertThat(erp.calls).noneMatch(call -> call.contains("account_id") || call.contains("loja"));
  }

  @Test
  void an_order_is_told_with_labels_and_only_to_its_customer() {
    String number = ordered();

    assertThat(Installation.records(ask("order_status", Map.of("reference", number))).getFirst())
        .containsEntry("state", "draft")
        .containsEntry("state_label", "em orçamento, aguardando confirmação")
        .containsEntry("total", 249.90);
    assertThat(
            Installation.records(
                ask("order_status", Map.of("reference", number, "customer_id", 7))))
        .hasSize(1);
    assertThat(
            Installation.records(
                ask("order_status", Map.of("reference", number, "customer_id", 8))))
        .isEmpty();
  }

  @Test
  void an_order_of_somebody_else_is_not_cancelled() {
    String number = ordered();

    var refused =
        ask("cancel_order", keyed(Map.of("reference", number, "customer_id", 8), newKey()));

    assertThat(refused.isError()).isTrue();
    assertThat(Installation.text(refused)).contains("no order " + number);
    assertThat(erp.calls).noneMatch(c -> c.startsWith("cancel_order") && c.contains(number));
  }

  @Test
  void what_was_made_with_a_key_is_found_again_and_not_made_twice() {
    Map<String, Object> wish = keyed(Map.of("name", "Quer falar"), "key-of-a-lead");
    ask("create_lead", wish);
    ask("create_lead", wish);

    assertThat(Installation.records(ask("find_by_key", Map.of("idempotency_key", "key-of-a-lead"))))
        .hasSize(1);
    assertThat(erp.calls)
        .filteredOn(c -> c.startsWith("add_ticket") && c.contains("key-of-a-lead"))
        .hasSize(1);
  }

  @Test
  void a_dry_run_that_the_system_does_not_offer_is_refused() {
    var refused =
        ask(
            "create_order",
            keyed(Map.of("lines", List.of(Map.of("code", "FUR-1")), "dry_run", true), newKey()));

    assertThat(refused.isError()).isTrue();
    assertThat(erp.calls).noneMatch(call -> call.contains("dry_run"));
  }

  @Test
  void with_another_accounts_key_the_foreign_server_says_no() {
    installation().link(Installation.CLINICA, connector(), erp.uri());

    var refused =
        installation()
            .call(connector(), Installation.CLINICA, "find_products", Map.of("query", "furadeira"));

    assertThat(refused.isError()).isTrue();
    assertThat(Installation.text(refused)).contains("does not accept this account's key");
    assertThat(refused.meta()).containsEntry("crew/failure", "refused");
  }
}
