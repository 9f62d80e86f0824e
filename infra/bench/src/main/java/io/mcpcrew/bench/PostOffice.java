package io.mcpcrew.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The little of Chatwoot that an answer meets: who writes, the look before a post, and the post.
/// It answers at once and remembers when each conversation was answered, so that it costs a
/// measurement as little as can be; and it counts what was answered twice or wrongly.
public final class PostOffice implements AutoCloseable {
  private static final Pattern PATH =
      Pattern.compile("/api/v1/accounts/\\d+/conversations/(\\d+)/(\\w+)");

  private static final Pattern CONTACT = Pattern.compile("/api/v1/accounts/\\d+/contacts/(\\d+)");

  private static final Pattern KEY = Pattern.compile("\"crew_reply_key\":\"[^\"]*\"");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<Integer, Long> answeredAt = new ConcurrentHashMap<>();
  private final Set<String> keys = ConcurrentHashMap.newKeySet();
  private final AtomicInteger twice = new AtomicInteger();
  private final AtomicInteger wrong = new AtomicInteger();
  private final AtomicLong numbers = new AtomicLong(1_000_000);

  /// What a look shows of a conversation that was answered.
  private final Map<Integer, String> posted = new ConcurrentHashMap<>();

  /// Told of every reply that a customer sees, once.
  private final Listener listener;

  /// Hears what is posted.
  @FunctionalInterface
  public interface Listener {
    void replied(int conversation, String body);

    /// Of what only the company's people read.
    default void noted(int conversation, String body) {}
  }

  public PostOffice() throws IOException {
    this((_, _) -> {});
  }

  public PostOffice(Listener listener) throws IOException {
    this.listener = listener;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4_096);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public int answered() {
    return answeredAt.size();
  }

  /// Replies that were posted more than once.
  public int answeredTwice() {
    return twice.get();
  }

  /// Answers that do not tell a price.
  public int answeredWrong() {
    return wrong.get();
  }

  /// When it was answered, on the monotonic clock; 0 while it is not.
  public long answeredAt(int conversation) {
    return answeredAt.getOrDefault(conversation, 0L);
  }

  void forget() {
    answeredAt.clear();
    posted.clear();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
      boolean post = exchange.getRequestMethod().equals("POST");
      String json = "{}";
      if (path.matches() && path.group(2).equals("messages")) {
        int conversation = Integer.parseInt(path.group(1));
        json =
            post
                ? post(conversation, new String(body, StandardCharsets.UTF_8))
                : "{\"payload\":[" + posted.getOrDefault(conversation, "") + "]}";
      }
      Matcher contact = CONTACT.matcher(exchange.getRequestURI().getPath());
      if (contact.matches()) {
        json = contact(Integer.parseInt(contact.group(1)));
      }
      byte[] answer = json.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private static String contact(int id) {
    return """
    {"payload": {"id": %d, "name": "Cliente %d", "phone_number": null, "email": null,
     "identifier": null, "custom_attributes": {}, "additional_attributes": {}}}\
    """
        .formatted(id, id - 1);
  }

  private String post(int conversation, String body) {
    long number = numbers.incrementAndGet();
    Matcher key = KEY.matcher(body);
    String ours = key.find() ? key.group() : "";
    posted.merge(
        conversation,
        "{\"id\":%d,\"message_type\":1,\"private\":false,\"content_attributes\":{%s}}"
            .formatted(number, ours),
        (before, also) -> before + "," + also);
    boolean isNew = keys.add(conversation + ours);
    if (!isNew) {
      twice.incrementAndGet();
    }
    if (body.contains("\"private\":true") && isNew) {
      listener.noted(conversation, body);
    }
    if (!body.contains("\"private\":true")) {
      if (isNew) {
        listener.replied(conversation, body);
      }
      answeredAt.putIfAbsent(conversation, System.nanoTime());
      if (!body.contains("R$")) {
        wrong.incrementAndGet();
      }
    }
    return "{\"id\":" + number + "}";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
