package io.mcpcrew.local;

import io.mcpcrew.crew.tools.McpCalls;
import io.mcpcrew.runtime.tokens.Role;
import io.mcpcrew.runtime.tokens.Tokens;
import io.mcpcrew.schemas.AccountId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks each service something that changes nothing, so that the first customer does not wait while
/// a new process loads its classes. Nothing depends on the answers.
final class WarmUp {
  private static final Logger LOGGER = LoggerFactory.getLogger(WarmUp.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int TIMES = 3;
  private static final String WEBHOOK =
      """
      {"event":"message_created","id":1,"content":"oi","message_type":"incoming","private":false,
       "sender":{"id":1,"name":"x"},"conversation":{"id":1,"status":"pending","meta":{}}}
      """;

  private final String url;
  private final Tokens tokens;
  private final Clock clock;

  WarmUp(String url, Tokens tokens, Clock clock) {
    this.url = url;
    this.tokens = tokens;
    this.clock = clock;
  }

  /// @param account one that has an Odoo
  void run(String account) {
    String token =
        tokens.sign(new AccountId(account), Role.AGENT, "warm-up", clock.instant().plusSeconds(60));
    try (var http = HttpClient.newHttpClient();
        var tools = new McpCalls(1)) {
      for (int i = 0; i < TIMES; i++) {
        tools.call(
            url + "/mcp/odoo",
            new McpCalls.Caller(token, ""),
            "find_products",
            Map.of("account_id", account, "query", "aquecimento", "limit", 1),
            PATIENCE);
        ask(http, token, "/explain/chatwoot/" + account + "/bot", WEBHOOK);
        ask(http, token, "/why/" + account + "/chatwoot-0", "");
      }
    } catch (IOException e) {
      LOGGER.atInfo().addKeyValue("cause", e.toString()).log("not warmed up; nothing needs it");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask(HttpClient http, String token, String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json");
    var sent =
        body.isEmpty()
            ? request.build()
            : request.POST(HttpRequest.BodyPublishers.ofString(body)).build();
    http.send(sent, HttpResponse.BodyHandlers.discarding());
  }
}
