package io.mcpcrew.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.runtime.tokens.Role;
import io.modelcontextprotocol.client.McpSyncClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// One account tries to reach another's data, in every way that a caller has.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenancyTest {
  private Installation installation;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    installation = Installation.start(folder, Map.of());
  }

  @AfterAll
  void stop() {
    http.close();
    installation.close();
  }

  @Test
  void naming_another_account_is_refused_audited_and_answered_as_if_there_were_none() {
    var foreign =
        installation.call(
            "odoo",
            Installation.LOJA,
            "find_products",
            Map.of("account_id", "clinica", "query", "consulta"));
    var unknown =
        installation.call(
            "odoo",
            Installation.LOJA,
            "find_products",
            Map.of("account_id", "nobody", "query", "consulta"));

    assertThat(foreign.isError()).isTrue();
    assertThat(Installation.text(foreign)).isEqualTo(Installation.text(unknown));
    assertThat(foreign.structuredContent()).isNull();
    assertThat(installation.audited()).contains("refused loja call_tool odoo.find_products");
  }

  @Test
  void names_that_try_to_escape_are_refused() {
    for (String name : new String[] {"clinica/../loja", "LOJA", "loja ", "", "loja\u0000"}) {
      var result =
          installation.call(
              "odoo",
              Installation.LOJA,
              "find_products",
              Map.of("account_id", name, "query", "furadeira"));
      assertThat(result.isError()).as(name).isTrue();
    }
  }

  @Test
  void the_same_question_finds_only_what_is_the_callers() {
    var query = Map.<String, Object>of("query", "consulta");
    assertThat(
            Installation.records(
                installation.call("odoo", Installation.CLINICA, "find_products", query)))
        .isNotEmpty();
    assertThat(
            Installation.records(
                installation.call("odoo", Installation.LOJA, "find_products", query)))
        .isEmpty();
  }

  @Test
  void a_conversation_number_of_another_account_is_not_found() {
    var result =
        installation.call(
            "chatwoot", Installation.LOJA, "get_conversation", Map.of("conversation_id", 999_999));
    assertThat(result.isError()).isTrue();
  }

  @Test
  void an_account_without_odoo_is_offered_none_of_its_tools_and_cannot_call_them() {
    try (McpSyncClient client = installation.client("odoo", Installation.WITHOUT_ODOO)) {
      assertThat(client.listTools().tools()).isEmpty();
    }
    assertThat(
            installation
                .call(
                    "odoo",
                    Installation.WITHOUT_ODOO,
                    "find_products",
                    Map.of("query", "furadeira"))
                .isError())
        .isTrue();
  }

  @Test
  void without_a_valid_token_there_is_no_answer() throws IOException, InterruptedException {
    assertThat(post("/mcp/odoo", "").statusCode()).isEqualTo(401);
    assertThat(post("/mcp/odoo/tools/list", "Bearer not-a-token").statusCode()).isEqualTo(401);
  }

  @Test
  void the_plain_list_shows_the_same_tools() throws IOException, InterruptedException {
    String token = installation.token(Installation.LOJA, Role.SERVICE);
    assertThat(post("/mcp/odoo/tools/list", "Bearer " + token).body())
        .contains("find_products")
        .contains("crew/capability");
  }

  private HttpResponse<String> post(String path, String authorization)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(installation.url() + path))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString("{}"));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
