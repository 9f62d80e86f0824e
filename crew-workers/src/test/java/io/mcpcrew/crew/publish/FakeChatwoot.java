package io.mcpcrew.crew.publish;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// As much of Chatwoot as posting takes: messages of conversations, and faults on demand.
final class FakeChatwoot implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final Map<String, List<ObjectNode>> messages = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong(100);

  /// Every request that changes something: conversation, path and token.
  final List<String> changes = new CopyOnWriteArrayList<>();

  /// Answers a post of this conversation with this status, so many times; the post is kept first
  /// where `keepFirst` says so.
  final Map<String, AtomicLong> failing = new ConcurrentHashMap<>();

  /// Conversations whose channel takes templates only.
  final Set<String> closed = ConcurrentHashMap.newKeySet();

  /// When posts arrived, by conversation.
  final Map<String, List<Instant>> posts = new ConcurrentHashMap<>();

  /// What was last said of typing, by conversation.
  final Map<String, String> typing = new ConcurrentHashMap<>();

  final Map<String, Integer> status = new ConcurrentHashMap<>();
  final Map<String, Boolean> keepFirst = new ConcurrentHashMap<>();

  /// Answers to posts of this conversation wait for it, when the post is kept already.
  final Map<String, CountDownLatch> holding = new ConcurrentHashMap<>();

  /// Who is there, by number; of the account, and of the team `vendas`.
  final Map<Long, String> agents = new ConcurrentHashMap<>();

  final Map<Long, String> sellers = new ConcurrentHashMap<>();

  /// Conversations that a person has.
  final Set<String> assigned = ConcurrentHashMap.newKeySet();

  FakeChatwoot() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/api/v1/accounts/1/conversations/", this::handle);
    server.createContext("/api/v1/accounts/1/agents", exchange -> people(exchange, agents));
    server.createContext(
        "/api/v1/accounts/1/teams",
        exchange -> {
          if (exchange.getRequestURI().getPath().endsWith("/team_members")) {
            people(exchange, sellers);
          } else {
            try (exchange) {
              answer(exchange, 200, List.of(Map.of("id", 4, "name", "vendas")));
            }
          }
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// What lies in a conversation, in its order.
  List<ObjectNode> in(String conversation) {
    return List.copyOf(messages.getOrDefault(conversation, List.of()));
  }

  List<String> texts(String conversation) {
    return in(conversation).stream().map(m -> m.path("content").asString("")).toList();
  }

  void add(String conversation, String json) {
    keep(conversation, (ObjectNode) JsonMapper.shared().readTree(json));
  }

  private long keep(String conversation, ObjectNode message) {
    long number = numbers.incrementAndGet();
    message.put("id", number);
    messages
        .computeIfAbsent(conversation, _ -> Collections.synchronizedList(new ArrayList<>()))
        .add(message);
    return number;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    String conversation = path[6];
    String token = String.valueOf(exchange.getRequestHeaders().getFirst("api_access_token"));
    try (exchange) {
      if (exchange.getRequestMethod().equals("GET")) {
        boolean itself = path.length == 7;
        boolean allowed = itself || token.equals("user-token");
        Object said = itself ? itself(conversation) : Map.of("payload", in(conversation));
        answer(exchange, allowed ? 200 : 401, said);
        return;
      }
      JsonNode body = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
      String given = path[7].equals("assignments") ? " " + body : "";
      changes.add("%s %s %s%s".formatted(conversation, path[7], token, given));
      if (path[7].equals("toggle_typing_status")) {
        typing.put(conversation, body.path("typing_status").asString(""));
      }
      if (!path[7].equals("messages")) {
        answer(exchange, 200, Map.of());
        return;
      }
      post(exchange, conversation, (ObjectNode) body);
    }
  }

  private Map<String, Object> itself(String conversation) {
    Object meta =
        assigned.contains(conversation)
            ? Map.of("assignee", Map.of("id", 1), "assignee_type", "User")
            : Map.of();
    return Map.of("can_reply", !closed.contains(conversation), "meta", meta);
  }

  private static void people(HttpExchange exchange, Map<Long, String> all) throws IOException {
    boolean allowed =
        "user-token".equals(exchange.getRequestHeaders().getFirst("api_access_token"));
    try (exchange) {
      answer(
          exchange,
          allowed ? 200 : 401,
          all.entrySet().stream()
              .map(each -> Map.of("id", each.getKey(), "availability_status", each.getValue()))
              .toList());
    }
  }

  private void post(HttpExchange exchange, String conversation, ObjectNode body)
      throws IOException {
    posts.computeIfAbsent(conversation, _ -> new CopyOnWriteArrayList<>()).add(Instant.now());
    boolean fails =
        failing.getOrDefault(conversation, new AtomicLong()).getAndUpdate(n -> Math.max(0, n - 1))
            > 0;
    if (fails && !keepFirst.getOrDefault(conversation, false)) {
      answer(exchange, status.getOrDefault(conversation, 500), Map.of());
      return;
    }
    body.put("message_type", 1);
    body.set("sender", JsonMapper.shared().createObjectNode().put("type", "agent_bot"));
    long number = keep(conversation, body);
    CountDownLatch held = holding.get(conversation);
    if (held != null) {
      try {
        held.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    answer(exchange, fails ? status.getOrDefault(conversation, 500) : 200, Map.of("id", number));
  }

  private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] bytes = JsonMapper.shared().writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    if (status == 429) {
      exchange.getResponseHeaders().set("Retry-After", "2");
    }
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
