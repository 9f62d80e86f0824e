package io.mcpcrew.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Stands before an Odoo and remembers what it answered to whom, so that the other side of a tool
/// costs a measurement on the same processors as little as can be, and takes the time that is asked
/// for. What is written is not for it.
final class OdooTill implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http = HttpClient.newHttpClient();
  private final String odoo;
  private final Duration wait;
  private final Map<Asked, Answer> known = new ConcurrentHashMap<>();

  private record Asked(String path, String database, String key, String body) {}

  private record Answer(int status, String body) {}

  /// @param odoo where questions go that were not asked before
  /// @param wait before each answer
  OdooTill(String odoo, Duration wait) throws IOException {
    this.odoo = odoo;
    this.wait = wait;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4_096);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      var asked =
          new Asked(
              exchange.getRequestURI().toString(),
              String.valueOf(headers.getFirst("X-Odoo-Database")),
              String.valueOf(headers.getFirst("Authorization")),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      Answer answer = known.get(asked);
      if (answer == null) {
        answer = ask(exchange.getRequestMethod(), asked);
        if (answer.status() == 200) {
          known.put(asked, answer);
        }
      }
      Thread.sleep(wait);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private Answer ask(String method, Asked asked) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(odoo + asked.path()))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .header("X-Odoo-Database", asked.database())
            .header("Authorization", asked.key())
            .method(method, HttpRequest.BodyPublishers.ofString(asked.body()))
            .build();
    var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(answer.statusCode(), answer.body());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    http.shutdownNow();
  }
}
