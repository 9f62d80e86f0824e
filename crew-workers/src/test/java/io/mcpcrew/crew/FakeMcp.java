package io.mcpcrew.crew;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// As much of an MCP server as a call takes: shakes hands, writes down what it is called with, and
/// answers what it was told to.
public final class FakeMcp implements AutoCloseable {
  /// One call as it arrived.
  public record Call(String authorization, String traceparent, String tool, JsonNode arguments) {}

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final List<String> handshakes = new CopyOnWriteArrayList<>();
  private volatile Map<String, Object> result = Map.of();
  private volatile String held = "";
  private volatile CountDownLatch heldBack = new CountDownLatch(0);

  public FakeMcp() throws IOException {
    this(0);
  }

  /// @param port one that another had before; 0 for a free one
  public FakeMcp(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/mcp", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/mcp";
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /// Who has shaken hands, by what they brought.
  public List<String> handshakes() {
    return List.copyOf(handshakes);
  }

  public void forget() {
    calls.clear();
  }

  public void findsRecords(Object... records) {
    result =
        Map.of(
            "content", List.of(Map.of("type", "text", "text", "found")),
            "structuredContent", Map.of("records", List.of(records)),
            "isError", false);
  }

  /// Answers wait for it; a call is written down before.
  public void holdBack(CountDownLatch until) {
    holdBack("", until);
  }

  /// The same for calls whose arguments name something.
  public void holdBack(String naming, CountDownLatch until) {
    held = naming;
    heldBack = until;
  }

  private void waitIfHeldBack(JsonNode arguments) {
    if (!arguments.toString().contains(held)) {
      return;
    }
    try {
      if (!heldBack.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("held back for too long");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public void declines(String reason) {
    result = Map.of("content", List.of(Map.of("type", "text", "text", reason)), "isError", true);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      String who = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
      JsonNode request = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
      if (!request.has("id")) {
        exchange.sendResponseHeaders(202, -1);
        return;
      }
      JsonNode params = request.path("params");
      Object answer =
          switch (request.path("method").asString("")) {
            case "initialize" -> {
              handshakes.add(who);
              yield Map.of(
                  "protocolVersion", params.path("protocolVersion").asString("2025-06-18"),
                  "capabilities", Map.of("tools", Map.of()),
                  "serverInfo", Map.of("name", "fake", "version", "1"));
            }
            case "tools/call" -> {
              calls.add(
                  new Call(
                      who,
                      String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")),
                      params.path("name").asString(""),
                      params.path("arguments")));
              waitIfHeldBack(params.path("arguments"));
              yield result;
            }
            default -> Map.of();
          };
      Map<String, Object> response = new LinkedHashMap<>();
      response.put("jsonrpc", "2.0");
      response.put("id", request.get("id"));
      response.put("result", answer);
      byte[] bytes =
          JsonMapper.shared().writeValueAsString(response).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
