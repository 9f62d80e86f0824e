package io.mcpcrew.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.runtime.tokens.Role;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A connector on standard input and output, with the official client and line by line.
@SuppressWarnings("NullAway") // what is missing fails the test, as it should
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StdioTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"a-test\",\"version\":\"1\"}}}";

  private Installation installation;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    installation = Installation.start(folder, Map.of());
  }

  @AfterAll
  void stop() {
    installation.close();
  }

  private List<String> program(String connector, String token) {
    return StdioProgram.command(
        installation.url() + "/mcp/" + connector + "/session", Installation.LOJA, token);
  }

  private McpSyncClient client(String connector) {
    List<String> command = program(connector, installation.token(Installation.LOJA, Role.AGENT));
    var parameters =
        ServerParameters.builder(command.getFirst())
            .args(command.subList(1, command.size()))
            .build();
    McpSyncClient client =
        McpClient.sync(new StdioClientTransport(parameters, McpJsonDefaults.getMapper()))
            .requestTimeout(Duration.ofSeconds(30))
            .initializationTimeout(Duration.ofSeconds(30))
            .build();
    client.initialize();
    return client;
  }

  private static McpSchema.CallToolResult find(McpSyncClient client, Map<String, Object> query) {
    return client.callTool(
        McpSchema.CallToolRequest.builder("find_products").arguments(query).build());
  }

  @Test
  void a_desktop_client_works_with_its_account_and_need_not_name_it() throws Exception {
    try (McpSyncClient client = client("odoo")) {
      assertThat(client.listTools().tools())
          .isNotEmpty()
          .allSatisfy(
              tool -> assertThat(tool.inputSchema().toString()).doesNotContain("account_id"));
      assertThat(Installation.records(find(client, Map.of("query", "furadeira de impacto"))))
          .isNotEmpty();

      var names =
          Installation.atOnce(
              20, () -> Installation.records(find(client, Map.of("query", "FUR-650"))));
      assertThat(names).hasSize(20).containsOnly(names.getFirst());
    }
  }

  @Test
  void another_account_is_refused_as_everywhere() {
    try (McpSyncClient client = client("odoo")) {
      var refused = find(client, Map.of("query", "consulta", "account_id", "clinica"));

      assertThat(refused.isError()).isTrue();
      assertThat(Installation.text(refused)).contains("no such account");
      assertThat(installation.audited()).contains("refused loja call_tool odoo.find_products");
    }
  }

  @Test
  void nothing_but_messages_is_written_and_every_request_is_answered() throws Exception {
    Process process = new ProcessBuilder(program("odoo", "no-token")).start();
    try (BufferedReader out = process.inputReader()) {
      try (var in = process.outputWriter()) {
        in.write(INITIALIZE + "\n\nnot json\n");
      }

      JsonNode refused = JSON.readTree(out.readLine());
      JsonNode garbled = JSON.readTree(out.readLine());

      assertThat(refused.path("id").asInt()).isEqualTo(1);
      assertThat(refused.path("error").path("message").asString()).contains("token is not valid");
      assertThat(garbled.path("error").path("code").asInt()).isEqualTo(-32700);
      assertThat(out.readLine()).isNull();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
