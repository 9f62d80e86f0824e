package io.mcpcrew.simulators.model;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mcpcrew.simulators.model.Performance.Said;
import io.mcpcrew.simulators.model.Script.Misbehaviour;
import io.mcpcrew.simulators.model.Script.Rule;
import io.mcpcrew.simulators.model.Wire.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// The scripted model on a port of its own, on the loopback address only. It is not one of the
/// host's routes because a bad server also cuts connections and never answers.
public final class ModelServer implements AutoCloseable {
  private static final int LARGEST_REQUEST = 4 * 1024 * 1024;
  private static final int MOST_REMEMBERED = 1_000;
  private static final Wire OPEN_AI = new OpenAiWire();

  /// The first that owns a path answers there; OpenAI's owns all, so it comes last.
  private final List<Wire> wires =
      List.of(new AnthropicWire(), new GeminiWire(), new MistralWire(), new OllamaWire(), OPEN_AI);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final String key;
  private final InstantSource clock;
  private final AtomicLong asked = new AtomicLong();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final Deque<ChatRequest> requests = new ArrayDeque<>();
  private volatile Script script;
  private volatile Performance performance;

  private ModelServer(HttpServer server, String key, Script script, InstantSource clock) {
    this.server = server;
    this.key = key;
    this.script = script;
    this.performance = new Performance(script);
    this.clock = clock;
  }

  /// @param port 0 for a free one
  /// @param key what a client must present, where its protocol has a place for it
  public static ModelServer start(int port, String key, Script script) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer http = HttpServer.create(address, 1024);
    var model = new ModelServer(http, key, script, InstantSource.system());
    http.setExecutor(model.threads);
    http.createContext("/", model::handle);
    http.start();
    return model;
  }

  /// What a client that speaks OpenAI's protocol is told as base address.
  public URI url() {
    return url(Protocol.OPENAI);
  }

  /// What a client is told as base address.
  public URI url(Protocol protocol) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + protocol.base());
  }

  /// Performs another script from now on, from its beginning, and forgets what was asked.
  public void perform(Script next) {
    synchronized (requests) {
      requests.clear();
      script = next;
      performance = new Performance(next);
      asked.set(0);
    }
  }

  /// What was asked and kept the protocol, the last thousand.
  public List<ChatRequest> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /// How often something was asked that kept the protocol.
  public long asked() {
    return asked.get();
  }

  /// How many requests were worked at the same time, at most.
  public int mostAtOnce() {
    return mostAtOnce.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/v1/models") && exchange.getRequestMethod().equals("GET")) {
        models(exchange);
      } else {
        serve(exchange, path, wire(path));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      atOnce.decrementAndGet();
    }
  }

  private Wire wire(String path) {
    return wires.stream().filter(wire -> wire.owns(path)).findFirst().orElse(OPEN_AI);
  }

  private void serve(HttpExchange exchange, String path, Wire wire)
      throws IOException, InterruptedException {
    if (!wire.serves(path)) {
      error(exchange, wire, new BadRequest(404, "Invalid URL (" + path + ")"));
    } else if (!exchange.getRequestMethod().equals("POST")) {
      error(exchange, wire, new BadRequest(405, "Not allowed to use this method"));
    } else {
      complete(exchange, path, wire);
    }
  }

  private void models(HttpExchange exchange) throws IOException {
    try {
      OPEN_AI.admit(exchange.getRequestHeaders(), key);
    } catch (BadRequest e) {
      error(exchange, OPEN_AI, e);
      return;
    }
    String list =
        String.join(
            ",",
            script.models().stream()
                .map(name -> "{\"id\":\"%s\",\"object\":\"model\"}".formatted(name))
                .toList());
    send(exchange, 200, "application/json", "{\"object\":\"list\",\"data\":[" + list + "]}");
  }

  private void complete(HttpExchange exchange, String path, Wire wire)
      throws IOException, InterruptedException {
    ChatRequest request;
    try {
      request = accepted(exchange, path, wire);
    } catch (BadRequest e) {
      error(exchange, wire, e);
      return;
    }
    long number = remember(request);
    Optional<Rule> rule = performance.rule(request);
    if (rule.isEmpty()) {
      String what = "the script has no rule for this: " + request.last().text();
      error(exchange, wire, BadRequest.of(what));
      return;
    }
    if (rule.get().delayMs() > 0 && closed.await(rule.get().delayMs(), TimeUnit.MILLISECONDS)) {
      return;
    }
    answer(exchange, wire, request, rule.get(), number);
  }

  private ChatRequest accepted(HttpExchange exchange, String path, Wire wire)
      throws IOException, BadRequest {
    wire.admit(exchange.getRequestHeaders(), key);
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw BadRequest.of("Unsupported content type: '%s'".formatted(String.valueOf(type)));
    }
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_REQUEST + 1);
    if (body.length > LARGEST_REQUEST) {
      throw new BadRequest(413, "The request is too large.");
    }
    ChatRequest request = wire.read(path, body);
    if (!script.models().contains(request.model())) {
      throw wire.unknownModel(request.model());
    }
    return request;
  }

  private long remember(ChatRequest request) {
    synchronized (requests) {
      requests.addLast(request);
      if (requests.size() > MOST_REMEMBERED) {
        requests.removeFirst();
      }
      return asked.incrementAndGet();
    }
  }

  private void answer(HttpExchange exchange, Wire wire, ChatRequest request, Rule rule, long number)
      throws IOException, InterruptedException {
    Said said = Performance.said(rule, request);
    Misbehaviour bad = rule.misbehaves();
    switch (bad == null ? null : bad.kind()) {
      case HANG -> closed.await();
      case TOO_MANY_REQUESTS -> {
        Integer after = bad == null ? null : bad.retryAfter();
        if (after != null) {
          exchange.getResponseHeaders().set("Retry-After", String.valueOf(after));
        }
        error(exchange, wire, new BadRequest(429, "Rate limit reached for requests"));
      }
      case SERVER_ERROR ->
          error(
              exchange, wire, new BadRequest(500, "The server had an error while processing it."));
      case WRONG_JSON -> send(exchange, 200, "application/json", "{\"choices\": [{\"message\"");
      case CUT -> cut(exchange, wire.answer(said, request, number, clock.instant()));
      case MALFORMED_ARGUMENTS, UNKNOWN_TOOL, REFUSAL, ENDLESS_TOOLS, HUGE, EMPTY, TOO_LONG ->
          send(exchange, wire.answer(said, request, number, clock.instant()));
      case null -> send(exchange, wire.answer(said, request, number, clock.instant()));
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    if (!answer.streamed()) {
      send(exchange, 200, answer.type(), answer.pieces().getFirst());
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    for (String piece : answer.pieces()) {
      out.write(piece.getBytes(StandardCharsets.UTF_8));
    }
  }

  /// Promises the whole, sends its first half, and closes.
  private static void cut(HttpExchange exchange, Answer answer) throws IOException {
    byte[] bytes = String.join("", answer.pieces()).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
    exchange.getResponseBody().flush();
    throw new IOException("the script cuts this answer off");
  }

  private static void error(HttpExchange exchange, Wire wire, BadRequest why) throws IOException {
    String body = wire.error(why.status(), String.valueOf(why.getMessage()), why.type());
    send(exchange, why.status(), "application/json", body);
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
