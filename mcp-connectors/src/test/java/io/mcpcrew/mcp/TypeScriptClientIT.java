package io.mcpcrew.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.parts.NodePackages;
import io.mcpcrew.runtime.tokens.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A second client that others wrote: the official one for TypeScript, of its newest generation.
@Tag("slow")
@EnabledIf(value = NodePackages.CAN_BE_INSTALLED, disabledReason = NodePackages.WHAT_IS_MISSING)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TypeScriptClientIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Installation installation;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, InterruptedException {
    NodePrograms.install();
    installation = Installation.start(folder, Map.of());
  }

  @AfterAll
  void stop() {
    if (installation != null) {
      installation.close();
    }
  }

  private JsonNode call(Path folder, String address, String tool, Map<String, Object> arguments)
      throws IOException, InterruptedException {
    var ended =
        NodePrograms.client(
            folder,
            installation.url() + "/mcp/" + address,
            installation.token(Installation.LOJA, Role.TURN),
            tool,
            JSON.writeValueAsString(arguments));
    assertThat(ended.code()).as(ended.output()).isZero();
    String told = ended.output().lines().reduce((_, last) -> last).orElse("");
    return JSON.readTree(told);
  }

  @ParameterizedTest
  @CsvSource({
    "odoo, odoo, find_products",
    "odoo/session, odoo, find_products",
    "chatwoot, chatwoot, list_conversations",
    "chatwoot/session, chatwoot, list_conversations"
  })
  void it_lists_and_calls(String address, String connector, String tool, @TempDir Path folder)
      throws IOException, InterruptedException {
    Map<String, Object> arguments =
        connector.equals("odoo")
            ? Map.of("account_id", "loja", "query", "furadeira de impacto")
            : Map.of("account_id", "loja");

    JsonNode told = call(folder, address, tool, arguments);

    assertThat(told.path("server").asString()).isEqualTo("mcp-crew-" + connector);
    assertThat(told.path("tools").toString()).contains(tool);
    assertThat(told.path("isError").asBoolean(true)).as(told.toString()).isFalse();
    assertThat(told.path("structured").isObject()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"odoo, find_products", "chatwoot/session, list_conversations"})
  void it_is_told_that_there_is_no_such_account(String address, String tool, @TempDir Path folder)
      throws IOException, InterruptedException {
    Map<String, Object> arguments =
        tool.equals("find_products")
            ? Map.of("account_id", "clinica", "query", "consulta")
            : Map.of("account_id", "clinica");

    JsonNode told = call(folder, address, tool, arguments);

    assertThat(told.path("isError").asBoolean()).isTrue();
    assertThat(told.path("text").asString()).contains("no such account");
  }
}
