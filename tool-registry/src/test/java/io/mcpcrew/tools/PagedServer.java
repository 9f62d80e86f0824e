package io.mcpcrew.tools;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An MCP server that lists one tool on each page; the SDK's own lists all on one. It can be made
/// to hang, and to have pages without end.
final class PagedServer implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  final AtomicInteger asked = new AtomicInteger();
  volatile int pages = 3;
  volatile boolean hangs;

  PagedServer(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/mcp", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port() + "/mcp");
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
      if (hangs) {
        Thread.sleep(60_000);
      }
      if (!request.has("id")) {
        exchange.sendResponseHeaders(exchange.getRequestMethod().equals("POST") ? 202 : 405, -1);
        return;
      }
      JsonNode params = request.path("params");
      Object result =
          request.path("method").asString("").equals("tools/list")
              ? page(params.path("cursor").asString("0"))
              : Map.of(
                  "protocolVersion", params.path("protocolVersion").asString(""),
                  "capabilities", Map.of("tools", Map.of()),
                  "serverInfo", Map.of("name", "paged", "version", "1"));
      Map<String, Object> response = new LinkedHashMap<>();
      response.put("jsonrpc", "2.0");
      response.put("id", request.get("id"));
      response.put("result", result);
      byte[] bytes =
          JsonMapper.shared().writeValueAsString(response).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<String, Object> page(String cursor) {
    asked.incrementAndGet();
    int number = Integer.parseInt(cursor);
    var tool = Map.of("name", "tool_" + number, "inputSchema", Map.of("type", "object"));
    return number + 1 < pages
        ? Map.of("tools", List.of(tool), "nextCursor", Integer.toString(number + 1))
        : Map.of("tools", List.of(tool));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
