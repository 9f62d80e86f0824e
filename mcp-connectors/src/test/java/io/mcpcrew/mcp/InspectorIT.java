package io.mcpcrew.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.parts.NodePackages;
import io.mcpcrew.parts.NodePackages.Ended;
import io.mcpcrew.runtime.tokens.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A client that others wrote, the MCP Inspector, with a token of its own on every address.
@Tag("slow")
@EnabledIf(value = NodePackages.CAN_BE_INSTALLED, disabledReason = NodePackages.WHAT_IS_MISSING)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InspectorIT {
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

  /// Its strict reading of the tools' schemas finds nothing that a model's provider would refuse.
  @ParameterizedTest
  @CsvSource({
    "odoo, find_products",
    "odoo/session, find_products",
    "chatwoot, reply_to_conversation",
    "chatwoot/session, reply_to_conversation"
  })
  void it_lists_the_tools_of_a_connector(String address, String tool, @TempDir Path folder)
      throws IOException, InterruptedException {
    var listed = inspect(folder, address, "--method", "tools/list", "--strict");
    assertThat(listed.code()).as(listed.output()).isZero();
    assertThat(listed.output()).contains(tool);
  }

  @ParameterizedTest
  @ValueSource(strings = {"odoo", "odoo/session"})
  void it_finds_a_product(String address, @TempDir Path folder)
      throws IOException, InterruptedException {
    var called =
        inspect(
            folder,
            address,
            "--method",
            "tools/call",
            "--tool-name",
            "find_products",
            "--tool-arg",
            "account_id=" + Installation.LOJA,
            "query=furadeira de impacto");
    assertThat(called.code()).as(called.output()).isZero();
    assertThat(called.output()).contains("Furadeira de Impacto").contains("\"isError\": false");
  }

  /// As a desktop client starts a program and talks with it.
  @ParameterizedTest
  @CsvSource({"odoo, find_products", "chatwoot, reply_to_conversation"})
  void it_works_with_a_connector_on_standard_input_and_output(
      String connector, String tool, @TempDir Path folder)
      throws IOException, InterruptedException {
    Path script =
        StdioProgram.script(
            folder,
            StdioProgram.command(
                installation.url() + "/mcp/" + connector + "/session",
                Installation.LOJA,
                installation.token(Installation.LOJA, Role.AGENT)));

    var listed =
        NodePrograms.inspector(
            folder, "--cli", "sh", script.toString(), "--method", "tools/list", "--strict");

    assertThat(listed.code()).as(listed.output()).isZero();
    assertThat(listed.output()).contains(tool).doesNotContain("account_id");
  }

  private Ended inspect(Path folder, String address, String... what)
      throws IOException, InterruptedException {
    String token = installation.token(Installation.LOJA, Role.TURN);
    return NodePrograms.inspector(
        folder,
        Stream.concat(
                Stream.of(
                    "--cli",
                    installation.url() + "/mcp/" + address,
                    "--transport",
                    "http",
                    "--header",
                    "Authorization: Bearer " + token),
                Stream.of(what))
            .toArray(String[]::new));
  }
}
