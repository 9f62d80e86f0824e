package io.mcpcrew.mcp;

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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Passes requests on to a system that works. What certain methods answer is lost on the way back:
/// the effect has happened, and the caller does not know.
final class ForgetfulProxy implements AutoCloseable {
  private final URI system;
  private final String forgotten;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /// @param forgotten a slash and the method whose answers are lost
  ForgetfulProxy(URI system, String forgotten) throws IOException {
    this.system = system;
    this.forgotten = forgotten;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(threads);
    server.createContext("/", this::pass);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      var request = HttpRequest.newBuilder(system.resolve(path));
      for (String header : new String[] {"Authorization", "X-Odoo-Database", "Content-Type"}) {
        String value = exchange.getRequestHeaders().getFirst(header);
        if (value != null) {
          request.header(header, value);
        }
      }
      byte[] body = exchange.getRequestBody().readAllBytes();
      HttpResponse<byte[]> answer =
          client.send(
              request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      if (!isForgotten(path, new String(body, StandardCharsets.UTF_8))) {
        exchange
            .getResponseHeaders()
            .set("Content-Type", answer.headers().firstValue("Content-Type").orElse("text/plain"));
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
        exchange.getResponseBody().write(answer.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// In the older protocols the method is not in the path.
  private boolean isForgotten(String path, String body) {
    String method = forgotten.substring(1);
    return path.startsWith("/json/2/")
        ? path.endsWith(forgotten)
        : body.contains("\"" + method + "\"") || body.contains("<string>" + method + "</string>");
  }

  @Override
  public void close() {
    server.stop(0);
    client.shutdownNow();
    threads.shutdownNow();
  }
}
