package io.mcpcrew.mcp.stdio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Against a connector that forgets.
class RemoteSessionTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final JsonNode INITIALIZE = JSON.readTree("{\"id\":1,\"method\":\"initialize\"}");
  private static final JsonNode LIST = JSON.readTree("{\"id\":2,\"method\":\"tools/list\"}");

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final AtomicInteger opened = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    http.close();
  }

  private RemoteSession session() {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    return new RemoteSession(http, address, () -> "token");
  }

  /// Knows only the session that was opened last.
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode message = JSON.readTree(exchange.getRequestBody().readAllBytes());
      String method = message.path("method").asString("");
      String session = exchange.getRequestHeaders().getFirst("Mcp-Session-Id");
      heard.add(method + " " + session);
      if (method.equals("initialize")) {
        exchange.getResponseHeaders().set("Mcp-Session-Id", "s" + opened.incrementAndGet());
        respond(
            exchange, 200, "application/json", "{\"id\":1,\"result\":{\"protocolVersion\":\"v\"}}");
      } else if (!("s" + opened.get()).equals(session)) {
        respond(exchange, 404, "text/plain", "gone");
      } else if (method.startsWith("notifications/")) {
        exchange.sendResponseHeaders(202, -1);
      } else {
        respond(
            exchange,
            200,
            "text/event-stream",
            "event: message\ndata: {\"method\":\"notifications/progress\"}\n\nid: 7\ndata: {\"id\":2}\n\n");
      }
    }
  }

  private static void respond(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Test
  void what_comes_on_a_stream_is_handed_on_in_its_order() throws Exception {
    var session = session();
    var answers = new ArrayList<String>();

    session.send(INITIALIZE, answer -> answers.add(answer.toString()));
    session.send(LIST, answer -> answers.add(answer.toString()));

    assertThat(answers)
        .containsExactly(
            "{\"id\":1,\"result\":{\"protocolVersion\":\"v\"}}",
            "{\"method\":\"notifications/progress\"}",
            "{\"id\":2}");
  }

  @Test
  void a_session_that_was_forgotten_is_opened_anew_unnoticed() throws Exception {
    var session = session();
    var answers = new ArrayList<String>();
    session.send(INITIALIZE, _ -> {});
    opened.set(7);

    session.send(LIST, answer -> answers.add(answer.path("id").asString("")));

    assertThat(answers).contains("2").doesNotContain("1");
    assertThat(heard)
        .containsExactly(
            "initialize null",
            "tools/list s1",
            "initialize null",
            "notifications/initialized s8",
            "tools/list s8");
  }

  @Test
  void what_was_never_opened_is_told() {
    assertThatThrownBy(() -> session().send(LIST, _ -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no such");
  }

  @Test
  void where_nothing_answers_that_is_said() {
    server.stop(0);

    assertThatThrownBy(() -> session().send(LIST, _ -> {}))
        .hasMessageContaining("does the platform run?");
  }
}
