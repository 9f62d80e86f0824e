package io.mcpcrew.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The little of Chatwoot that a publisher meets: the look before a post, and the post. It answers
/// at once and remembers when each conversation was answered, so that it costs a measurement as
/// little as can be.
final class PostOffice implements AutoCloseable {
  private static final Pattern PATH =
      Pattern.compile("/api/v1/accounts/\\d+/conversations/(\\d+)/(\\w+)");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<Integer, Long> answeredAt = new ConcurrentHashMap<>();
  private final AtomicInteger twice = new AtomicInteger();
  private final AtomicInteger wrong = new AtomicInteger();
  private final AtomicLong numbers = new AtomicLong(1_000_000);

  PostOffice() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4_096);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  int answered() {
    return answeredAt.size();
  }

  /// Conversations that were answered more than once.
  int answeredTwice() {
    return twice.get();
  }

  /// Answers that do not tell a price.
  int answeredWrong() {
    return wrong.get();
  }

  /// When it was answered, on the monotonic clock; 0 while it is not.
  long answeredAt(int conversation) {
    return answeredAt.getOrDefault(conversation, 0L);
  }

  void forget() {
    answeredAt.clear();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
      boolean post = exchange.getRequestMethod().equals("POST");
      String json = "{\"payload\":[]}";
      if (post && path.matches() && path.group(2).equals("messages")) {
        posted(Integer.parseInt(path.group(1)), new String(body, StandardCharsets.UTF_8));
        json = "{\"id\":" + numbers.incrementAndGet() + "}";
      }
      byte[] answer = json.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private void posted(int conversation, String body) {
    if (answeredAt.putIfAbsent(conversation, System.nanoTime()) != null) {
      twice.incrementAndGet();
    }
    if (!body.contains("R$")) {
      wrong.incrementAndGet();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
