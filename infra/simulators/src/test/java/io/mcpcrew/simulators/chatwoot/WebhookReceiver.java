package io.mcpcrew.simulators.chatwoot;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mcpcrew.schemas.Bytes;
import io.mcpcrew.simulators.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/// Where webhooks arrive: keeps each call and answers with the status that was set for its path.
final class WebhookReceiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  private volatile int botStatus = 200;
  private volatile int accountStatus = 200;

  /// One call, with its body byte for byte.
  record Delivery(
      String path, String id, String timestamp, String signature, Bytes body, long nanos) {
    JsonNode json() {
      return Answer.JSON.readTree(body.toArray());
    }

    String event() {
      return json().get("event").asString();
    }
  }

  WebhookReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::receive);
    server.start();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      deliveries.add(
          new Delivery(
              path,
              header(exchange, "X-Chatwoot-Delivery"),
              header(exchange, "X-Chatwoot-Timestamp"),
              header(exchange, "X-Chatwoot-Signature"),
              Bytes.of(exchange.getRequestBody().readAllBytes()),
              System.nanoTime()));
      exchange.sendResponseHeaders(path.endsWith("/bot") ? botStatus : accountStatus, -1);
    }
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  void botAnswers(int status) {
    botStatus = status;
  }

  void accountAnswers(int status) {
    accountStatus = status;
  }

  /// What arrived about a message, in the order of arrival.
  List<Delivery> about(long message, String path, String event) {
    return deliveries.stream()
        .filter(delivery -> delivery.path().equals(path) && delivery.event().equals(event))
        .filter(delivery -> delivery.json().get("id").asLong() == message)
        .toList();
  }

  List<Delivery> all() {
    return List.copyOf(deliveries);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
