package io.mcpcrew.crew.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Servers that keep sessions and answer in event streams, as others write them.
@Timeout(60)
class WaitingTransportTest {
  private static final McpCalls.Caller CALLER = new McpCalls.Caller("token", "00-aa-bb-01");
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<String> sessions = new CopyOnWriteArrayList<>();
  private final List<String> versions = new CopyOnWriteArrayList<>();
  private volatile String session = "first";
  private volatile boolean staysOpen;

  /// The events before the answer; `ANSWER` is the answer.
  private volatile String events = "data: ANSWER\n\n";

  private HttpServer server;

  @BeforeEach
  @SuppressWarnings("NullAway.Init") // the server is made here
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/mcp", this::handle);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode message = JSON.readTree(exchange.getRequestBody().readAllBytes());
      if (!message.path("method").asString("").equals("initialize")) {
        String told = String.valueOf(exchange.getRequestHeaders().getFirst("Mcp-Session-Id"));
        versions.add(exchange.getRequestHeaders().getFirst("MCP-Protocol-Version"));
        sessions.add(told);
        if (!told.equals(session)) {
          exchange.sendResponseHeaders(404, -1);
          return;
        }
      }
      switch (message.path("method").asString("")) {
        case "initialize" -> {
          exchange.getResponseHeaders().set("Mcp-Session-Id", session);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          send(exchange, initialized(message));
        }
        case "tools/call" -> stream(exchange, answer(message));
        default -> exchange.sendResponseHeaders(202, -1);
      }
    }
  }

  private static String initialized(JsonNode message) {
    return result(
        message,
        Map.of(
            "protocolVersion", "2025-06-18",
            "capabilities", Map.of("tools", Map.of()),
            "serverInfo", Map.of("name", "other", "version", "1")));
  }

  private static String answer(JsonNode message) {
    return result(
        message,
        Map.of("content", List.of(Map.of("type", "text", "text", "olá")), "isError", false));
  }

  private static String result(JsonNode message, Map<String, Object> result) {
    return JSON.writeValueAsString(
        Map.of("jsonrpc", "2.0", "id", message.get("id"), "result", result));
  }

  private static void send(HttpExchange exchange, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private void stream(HttpExchange exchange, String answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    exchange
        .getResponseBody()
        .write(events.replace("ANSWER", answer).getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
    if (staysOpen) {
      try {
        over.await(30, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Answered call(McpCalls calls) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/mcp";
    return calls.call(url, CALLER, "find", Map.of(), LONG);
  }

  @Test
  void the_answer_is_found_among_the_events_of_a_stream() {
    events =
        """
        : a comment

        event: message
        data: {"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"x"}}

        id: 7
        event: message
        data:ANSWER

        """;
    try (var calls = new McpCalls(10)) {
      assertThat(call(calls)).isEqualTo(new Answered.Result(Map.of("text", "olá")));
    }
  }

  @Test
  void a_stream_that_stays_open_behind_its_answer_is_not_waited_for() {
    staysOpen = true;
    try (var calls = new McpCalls(10)) {
      long began = System.nanoTime();
      for (int i = 0; i < 3; i++) {
        assertThat(call(calls)).isInstanceOf(Answered.Result.class);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONG.dividedBy(2));
    }
  }

  @Test
  void a_stream_without_the_answer_has_failed() {
    events = "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{}}\n\n";
    try (var calls = new McpCalls(10)) {
      assertThat(call(calls)).isInstanceOf(Answered.Failed.class);
    }
  }

  @Test
  void a_session_is_told_to_its_server_with_the_agreed_version() {
    try (var calls = new McpCalls(10)) {
      call(calls);
      call(calls);
    }
    assertThat(sessions).hasSize(3).containsOnly("first");
    assertThat(versions).containsOnly("2025-06-18");
  }

  @Test
  void a_server_that_has_forgotten_the_session_is_shaken_hands_with_again() {
    try (var calls = new McpCalls(10)) {
      assertThat(call(calls)).isInstanceOf(Answered.Result.class);
      session = "second";
      call(calls);

      assertThat(call(calls)).isInstanceOf(Answered.Result.class);
    }
    assertThat(sessions).last().isEqualTo("second");
  }
}
