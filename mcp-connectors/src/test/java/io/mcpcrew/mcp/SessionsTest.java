package io.mcpcrew.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.runtime.tokens.Role;
import io.mcpcrew.schemas.AccountId;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the address with sessions promises, and in what it differs from the one without.
@SuppressWarnings("NullAway") // what is missing fails the test, as it should
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionsTest {
  private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";
  private static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",
       "capabilities":{},"clientInfo":{"name":"a-test","version":"1"}}}
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private Installation installation;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    installation =
        Installation.start(
            folder, Map.of("connectors.origins", "http://page.example"), WithFixture.class);
  }

  @AfterAll
  void stop() {
    installation.close();
    http.close();
  }

  private HttpResponse<String> request(
      String method, AccountId account, String session, String body, String... more)
      throws IOException, InterruptedException {
    return request(installation, method, account, session, body, more);
  }

  private HttpResponse<String> request(
      Installation asked,
      String method,
      AccountId account,
      String session,
      String body,
      String... more)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(asked.url() + "/mcp/odoo/session"))
            .timeout(Duration.ofSeconds(10))
            .header("Authorization", "Bearer " + asked.token(account, Role.TURN))
            .header("Accept", "application/json, text/event-stream")
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!session.isEmpty()) {
      request.header("Mcp-Session-Id", session);
    }
    if (more.length > 0) {
      request.headers(more);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private String open(AccountId account) throws IOException, InterruptedException {
    return open(installation, account);
  }

  private String open(Installation asked, AccountId account)
      throws IOException, InterruptedException {
    HttpResponse<String> opened = request(asked, "POST", account, "", INITIALIZE);
    assertThat(opened.statusCode()).isEqualTo(200);
    return opened.headers().firstValue("Mcp-Session-Id").orElseThrow();
  }

  @Test
  void a_session_answers_its_own_account() throws Exception {
    String session = open(Installation.LOJA);
    HttpResponse<String> listed = request("POST", Installation.LOJA, session, LIST);
    assertThat(listed.statusCode()).isEqualTo(200);
    assertThat(listed.body()).contains("find_products");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "GET", "DELETE"})
  void a_session_of_another_account_is_unknown(String method) throws Exception {
    String session = open(Installation.LOJA);
    String body = method.equals("POST") ? LIST : "";
    HttpResponse<String> foreign = request(method, Installation.CLINICA, session, body);
    HttpResponse<String> never = request(method, Installation.CLINICA, "no-such-session", body);
    assertThat(foreign.statusCode()).isEqualTo(404).isEqualTo(never.statusCode());
    assertThat(foreign.body().replaceAll("\"timestamp\":\"[^\"]*\"", ""))
        .isEqualTo(never.body().replaceAll("\"timestamp\":\"[^\"]*\"", ""));
    assertThat(request("POST", Installation.LOJA, session, LIST).statusCode()).isEqualTo(200);
  }

  @Test
  void an_id_without_its_seal_or_with_the_seal_of_another_is_unknown() throws Exception {
    String session = open(Installation.LOJA);
    String other = open(Installation.CLINICA);
    String bare = session.substring(0, session.indexOf('.'));
    String swapped = bare + other.substring(other.indexOf('.'));
    for (AccountId account : List.of(Installation.LOJA, Installation.CLINICA)) {
      assertThat(request("POST", account, bare, LIST).statusCode()).isEqualTo(404);
      assertThat(request("POST", account, swapped, LIST).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void a_session_without_a_token_is_not_even_looked_for() throws Exception {
    String session = open(Installation.LOJA);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(installation.url() + "/mcp/odoo/session"))
            .header("Mcp-Session-Id", session)
            .header("Authorization", "Bearer nonsense")
            .POST(HttpRequest.BodyPublishers.ofString(LIST))
            .build();
    assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(401);
  }

  @Test
  void a_session_that_was_deleted_is_unknown() throws Exception {
    String session = open(Installation.LOJA);
    assertThat(request("DELETE", Installation.LOJA, session, "").statusCode()).isEqualTo(200);
    assertThat(request("POST", Installation.LOJA, session, LIST).statusCode()).isEqualTo(404);
  }

  @Test
  void a_session_that_nobody_uses_ends_by_itself(@TempDir Path folder) throws Exception {
    try (var impatient = Installation.start(folder, Map.of("connectors.session-idle", "200ms"))) {
      String session = open(impatient, Installation.LOJA);
      // To ask is to use it: each question comes later than two sweeps.
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(() ->
              assertThat(request(impatient, "POST", Installation.LOJA, session, LIST).statusCode())
                  .isEqualTo(404));
    }
  }

  @Test
  void an_account_has_so_many_sessions_and_no_more(@TempDir Path folder) throws Exception {
    Map<String, Object> few =
        Map.of("connectors.sessions-per-account", 3, "connectors.session-idle", "500ms");
    try (var asked = Installation.start(folder, few)) {
      var statuses =
          Installation.atOnce(
              12, () -> request(asked, "POST", Installation.LOJA, "", INITIALIZE).statusCode());
      assertThat(statuses.stream().filter(status -> status == 200)).hasSizeBetween(1, 3);
      assertThat(statuses).containsAnyOf(429).doesNotContain(500);
      assertThat(request(asked, "POST", Installation.CLINICA, "", INITIALIZE).statusCode())
          .isEqualTo(200);

      // Those that nobody uses make place.
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(200))
          .untilAsserted(() ->
              assertThat(request(asked, "POST", Installation.LOJA, "", INITIALIZE).statusCode())
                  .isEqualTo(200));
    }
  }

  @Test
  void a_session_that_was_deleted_makes_place_for_another(@TempDir Path folder) throws Exception {
    try (var asked = Installation.start(folder, Map.of("connectors.sessions-per-account", 1))) {
      for (int i = 0; i < 5; i++) {
        String session = open(asked, Installation.LOJA);
        HttpResponse<String> more = request(asked, "POST", Installation.LOJA, "", INITIALIZE);
        assertThat(more.statusCode()).isEqualTo(429);
        assertThat(more.body()).contains("1 sessions open");
        assertThat(request(asked, "DELETE", Installation.LOJA, session, "").statusCode())
            .isEqualTo(200);
      }
    }
  }

  @Test
  void a_page_may_call_only_from_an_origin_that_was_allowed() throws Exception {
    assertThat(
            request("POST", Installation.LOJA, "", INITIALIZE, "Origin", "http://evil.example")
                .statusCode())
        .isEqualTo(403);
    assertThat(
            request("POST", Installation.LOJA, "", INITIALIZE, "Origin", "http://page.example")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void both_addresses_offer_the_same_tools_and_give_the_same_answers() {
    try (McpSyncClient single = installation.client("odoo", Installation.LOJA);
        McpSyncClient session = installation.client("odoo/session", Installation.LOJA)) {
      assertThat(session.listTools().tools()).isEqualTo(single.listTools().tools());
    }
    Map<String, Object> query = Map.of("query", "furadeira de impacto");
    assertThat(
            Installation.records(
                installation.call("odoo/session", Installation.LOJA, "find_products", query)))
        .isEqualTo(
            Installation.records(
                installation.call("odoo", Installation.LOJA, "find_products", query)))
        .isNotEmpty();
  }

  @Test
  void an_account_that_is_named_in_a_session_must_still_be_the_callers_own() {
    McpSchema.CallToolResult refused =
        installation.call(
            "odoo/session",
            Installation.LOJA,
            "find_products",
            Map.of("query", "consulta", "account_id", Installation.CLINICA.value()));
    assertThat(refused.isError()).isTrue();
    assertThat(Installation.text(refused)).contains("no such account");
  }

  @Test
  void with_a_session_a_tool_tells_how_far_it_is_and_without_it_is_silent() {
    List<Double> steps = new CopyOnWriteArrayList<>();
    List<String> lines = new CopyOnWriteArrayList<>();
    for (String address : List.of("fixture", "fixture/session")) {
      try (McpSyncClient client =
          installation.client(
              address,
              Installation.LOJA,
              listeners -> {
                listeners.progressConsumer(told -> steps.add(told.progress()));
                listeners.loggingConsumer(told -> lines.add(told.data()));
              })) {
        for (String tool : List.of("test_tool_with_progress", "test_tool_with_logging")) {
          assertThat(
                  client
                      .callTool(
                          McpSchema.CallToolRequest.builder(tool)
                              .arguments(Map.of("account_id", Installation.LOJA.value()))
                              .progressToken("a-token")
                              .build())
                      .isError())
              .isFalse();
        }
        if (address.equals("fixture")) {
          assertThat(steps).isEmpty();
          assertThat(lines).isEmpty();
        }
      }
    }
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> {
          assertThat(steps).containsExactlyInAnyOrder(0.0, 50.0, 100.0);
          assertThat(lines).hasSize(3).contains("Tool execution started");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"fixture", "fixture/session"})
  void resources_and_prompts_are_given_to_accounts_that_have_the_system(String address) {
    try (McpSyncClient client = installation.client(address, Installation.LOJA)) {
      assertThat(client.listResources().resources()).hasSize(3);
      assertThat(client.listResourceTemplates().resourceTemplates()).hasSize(1);
      assertThat(content(client, "test://template/7/data")).isEqualTo("{\"id\":\"7\"}");
      assertThat(prompt(client, Map.of("arg1", "a", "arg2", "b"))).contains("arg1='a', arg2='b'");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fixture", "fixture/session"})
  void an_account_without_the_system_is_given_no_content(String address) {
    try (McpSyncClient client = installation.client(address, Installation.WITHOUT_ODOO)) {
      assertThatThrownBy(() -> content(client, "test://static-text"))
          .isInstanceOf(McpError.class)
          .hasMessageContaining("no such account");
      assertThatThrownBy(() -> prompt(client, Map.of("arg1", "a", "arg2", "b")))
          .isInstanceOf(McpError.class)
          .hasMessageContaining("no such account");
    }
  }

  private static String content(McpSyncClient client, String uri) {
    var read = client.readResource(McpSchema.ReadResourceRequest.builder(uri).build());
    return ((McpSchema.TextResourceContents) read.contents().getFirst()).text();
  }

  private static String prompt(McpSyncClient client, Map<String, Object> arguments) {
    var written =
        client.getPrompt(
            McpSchema.GetPromptRequest.builder("test_prompt_with_arguments")
                .arguments(arguments)
                .build());
    return ((McpSchema.TextContent) written.messages().getFirst().content()).text();
  }
}
