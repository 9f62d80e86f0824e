package io.mcpcrew.local.command;

import io.mcpcrew.local.DemoCompanies;
import io.mcpcrew.local.Home;
import io.mcpcrew.local.Running;
import io.mcpcrew.runtime.tokens.AccountKeys;
import io.mcpcrew.runtime.tokens.Role;
import io.mcpcrew.runtime.tokens.TokenSettings;
import io.mcpcrew.runtime.tokens.Tokens;
import io.mcpcrew.schemas.AccountId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A customer of a demo company, from the terminal: writes through the company's Chatwoot and reads
/// what comes back.
public final class Client {
  static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final Running running;
  private final String account;

  Client(Running running, String account) {
    this.running = running;
    this.account = account;
  }

  /// @throws Failure when nothing runs, or nobody is called so
  static Client of(String account) {
    Running running =
        Running.of(Home.ofProcess())
            .orElseThrow(() -> new Failure("Nothing runs on this folder. Start it with ./crew up"));
    if (!DemoCompanies.ACCOUNTS.contains(account)) {
      throw new Failure(
          "There is no demo account \"%s\". There are: %s"
              .formatted(account, String.join(", ", DemoCompanies.ACCOUNTS)));
    }
    return new Client(running, account);
  }

  /// Where a message of the customer's lies.
  record Written(long conversation, long message) {}

  /// What came back.
  record Reply(long message, String text, boolean fromPerson, Instant at) {}

  Written write(@Nullable Long conversation, String text) throws InterruptedException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("text", text);
    if (conversation != null) {
      body.put("conversation", conversation);
    } else {
      body.put("contact", Map.of("name", "Cliente do terminal", "phone", freshPhone()));
    }
    JsonNode answer =
        post("/demo/api/" + account + "/messages", JSON.writeValueAsString(body), null);
    return new Written(answer.path("conversation").asLong(), answer.path("message").asLong());
  }

  /// A new conversation needs a customer that has none open.
  private static String freshPhone() {
    return "+5511" + (900_000_000L + System.nanoTime() % 99_999_999L);
  }

  /// What the company wrote after a message, for the customer's eyes.
  List<Reply> after(Written written) throws InterruptedException {
    JsonNode page =
        get(
            "/demo/api/%s/conversations/%d/messages?after=%d"
                .formatted(account, written.conversation(), written.message()),
            null);
    List<Reply> replies = new ArrayList<>();
    for (JsonNode message : page.path("messages")) {
      String kind = message.path("kind").asString("");
      boolean theirs = kind.equals("bot") || kind.equals("agent") || kind.equals("template");
      if (theirs
          && !message.path("private").asBoolean(false)
          && message.path("id").asLong() > written.message()) {
        replies.add(
            new Reply(
                message.path("id").asLong(),
                message.path("text").asString(""),
                kind.equals("agent"),
                Instant.parse(message.path("at").asString())));
      }
    }
    return replies;
  }

  /// The way of the turn that a reply belongs to; null while it is not told yet.
  @Nullable JsonNode way(Written written, long reply) throws InterruptedException {
    var request =
        request("/why/%s/chatwoot-%d/%d".formatted(account, written.conversation(), reply), token())
            .build();
    var answer = send(request);
    return answer.statusCode() == 200 ? JSON.readTree(answer.body()) : null;
  }

  /// The way of a message's turn, or of the conversation's last ones; null when nothing is told.
  @Nullable JsonNode way(String conversation, @Nullable Long message) throws InterruptedException {
    String of = message == null ? conversation : conversation + "/" + message;
    var answer = send(request("/why/%s/%s".formatted(account, of), token()).build());
    return answer.statusCode() == 200 ? JSON.readTree(answer.body()) : null;
  }

  /// Where the conversation stands, as the instance that has it says; null when it does not.
  @Nullable JsonNode present(String conversation) throws InterruptedException {
    String token = token();
    var request = request("/conversations/%s/%s".formatted(account, conversation), token).build();
    var answer = send(request);
    if (answer.statusCode() == 421) {
      URI there = URI.create(JSON.readTree(answer.body()).path("at").asString());
      answer = send(HttpRequest.newBuilder(request, (_, _) -> true).uri(there).build());
    }
    return answer.statusCode() == 200 ? JSON.readTree(answer.body()) : null;
  }

  /// What the edge makes of a webhook's body, without letting it in.
  HttpResponse<String> explain(String body) throws InterruptedException {
    var request =
        request("/explain/chatwoot/" + account + "/account", token())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return send(request);
  }

  /// What a company's Odoo finds, asked as a program of the company's would.
  JsonNode odoo(String database, String key, String model, Map<String, Object> query)
      throws InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(running.url() + "/json/2/" + model + "/search_read"))
            .timeout(Duration.ofSeconds(10))
            .header("Authorization", "bearer " + key)
            .header("X-Odoo-Database", database)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(query)))
            .build();
    return read(request);
  }

  private String token() {
    var keys = new AccountKeys(new TokenSettings(Path.of(running.keys()), false));
    Clock clock = Clock.systemUTC();
    return new Tokens(keys, clock)
        .sign(
            new AccountId(account),
            Role.AGENT,
            "terminal",
            clock.instant().plus(Duration.ofMinutes(1)));
  }

  private JsonNode post(String path, String body, @Nullable String token)
      throws InterruptedException {
    return read(
        request(path, token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private JsonNode get(String path, @Nullable String token) throws InterruptedException {
    return read(request(path, token).build());
  }

  private HttpRequest.Builder request(String path, @Nullable String token) {
    var request =
        HttpRequest.newBuilder(URI.create(running.url() + path)).timeout(Duration.ofSeconds(10));
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private JsonNode read(HttpRequest request) throws InterruptedException {
    var answer = send(request);
    if (answer.statusCode() / 100 != 2) {
      throw new Failure(
          "%s answered %d: %s"
              .formatted(request.uri().getPath(), answer.statusCode(), answer.body()));
    }
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> send(HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException gone) {
      throw new Failure(
          "MCP-Crew at %s does not answer (%s). Does ./crew up still run there?"
              .formatted(running.url(), gone.getMessage()));
    }
  }
}
