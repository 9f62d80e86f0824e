package io.mcpcrew.mcp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A system as `./crew new connector` takes it for granted: `GET /items?query=` and `?key=`, `POST
/// /items` with an `Idempotency-Key`, which it keeps.
final class KeyedItems implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Map<String, Map<String, Object>> byKey = new LinkedHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final String secret;

  KeyedItems(String secret) throws IOException {
    this.secret = secret;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(threads);
    server.createContext("/items", this::answer);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      if (!("Bearer " + secret).equals(authorization)) {
        respond(exchange, 401, Map.of("message", "who are you?"));
      } else if (exchange.getRequestMethod().equals("POST")) {
        create(exchange);
      } else {
        respond(exchange, 200, Map.of("items", found(exchange.getRequestURI().getRawQuery())));
      }
    }
  }

  private synchronized void create(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    Object name = JSON.readTree(exchange.getRequestBody().readAllBytes()).path("name").asString();
    Map<String, Object> item =
        byKey.computeIfAbsent(key, _ -> Map.of("id", byKey.size() + 1, "name", name));
    if (name.equals(item.get("name"))) {
      respond(exchange, 200, Map.of("items", List.of(item)));
    } else {
      respond(
          exchange, 422, Map.of("message", "this idempotency_key was used with other arguments"));
    }
  }

  private synchronized List<Map<String, Object>> found(String query) {
    String[] asked = query.split("=", 2);
    String value = URLDecoder.decode(asked[1], StandardCharsets.UTF_8);
    if (asked[0].equals("key")) {
      @Nullable Map<String, Object> item = byKey.get(value);
      return item == null ? List.of() : List.of(item);
    }
    var found = new ArrayList<>(byKey.values());
    found.removeIf(item -> !lower(item.get("name")).contains(lower(value)));
    return found;
  }

  private static String lower(@Nullable Object text) {
    return String.valueOf(text).toLowerCase(Locale.ROOT);
  }

  private static void respond(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
