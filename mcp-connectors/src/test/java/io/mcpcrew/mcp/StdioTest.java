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
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
    }
  }

  /// Line by line, as the official client's own transport refuses two requests at the same moment.
  @Test
  void requests_that_do_not_wait_for_each_other_are_all_answered() throws Exception {
    List<String> program = program("odoo", installation.token(Installation.LOJA, Role.AGENT));
    Process process = new ProcessBuilder(program).start();
    // What hangs then reads the end of its input, and fails.
    CompletableFuture.delayedExecutor(60, TimeUnit.SECONDS).execute(process::destroyForcibly);
    try (var out = process.inputReader();
        var in = process.outputWriter()) {
      in.write(INITIALIZE + "\n");
      in.flush();
      assertThat(JSON.readTree(out.readLine()).path("result").path("serverInfo").isObject())
          .isTrue();
      in.write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n");
      for (int id = 100; id < 120; id++) {
        in.write(
            "{\"jsonrpc\":\"2.0\",\"id\":"
                + id
                + ",\"method\":\"tools/call\",\"params\":{\"name\":\"find_products\",\"arguments\":{\"query\":\"FUR-650\"}}}\n");
      }
      in.flush();

      Map<Integer, String> answers = new TreeMap<>();
      while (answers.size() < 20) {
        JsonNode answer = JSON.readTree(out.readLine());
        answers.put(
            answer.path("id").asInt(), answer.path("result").path("structuredContent").toString());
      }
      assertThat(answers.keySet())
          .containsExactlyElementsOf(IntStream.range(100, 120).boxed().toList());
      assertThat(answers.values())
          .allSatisfy(found -> assertThat(found).contains("FUR-650"))
          .containsOnly(answers.get(100));
    } finally {
      process.destroyForcibly();
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
