package io.mcpcrew.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

@Timeout(20)
class GuardedHttpTest {
  private static final Duration AMPLE = Duration.ofSeconds(10);
  private static final DataSize LARGEST = DataSize.ofKilobytes(64);

  private final GuardedHttp allowed = guarded(List.of("127.0.0.1"));
  private final GuardedHttp strict = guarded(List.of());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;

  @BeforeEach
  @SuppressWarnings("NullAway.Init") // the server is made here
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
    allowed.close();
    strict.close();
  }

  @Test
  void anAnswerIsReadToItsEnd() throws Exception {
    serve("/ok", exchange -> answer(exchange, 200, "olá"));
    serve("/no", exchange -> answer(exchange, 422, "não"));

    assertThat(allowed.send(request("/ok"), AMPLE).text()).isEqualTo("olá");
    assertThat(allowed.send(request("/ok"), AMPLE).isSuccess()).isTrue();
    assertThat(allowed.send(request("/no"), AMPLE).status()).isEqualTo(422);
    assertThat(allowed.send(request("/no"), AMPLE).isSuccess()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:1/",
        "http://localhost:1/",
        "http://[::1]:1/",
        "http://[::ffff:127.0.0.1]:1/",
        "http://0.0.0.0:1/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/",
        "http://[fd00::1]/",
        "http://[fe80::1]/",
        "http://224.0.0.1/",
        "http://2130706433/"
      })
  void aPrivateAddressIsNotCalled(String address) {
    assertThatThrownBy(() -> strict.send(get(URI.create(address)), AMPLE))
        .isInstanceOf(GuardedHttp.ForbiddenAddress.class);
  }

  @Test
  void whatAnOperatorAllowsIsCalledAndNothingBesideIt() {
    assertThatThrownBy(() -> allowed.send(get(URI.create("http://127.0.0.2:1/")), AMPLE))
        .isInstanceOf(GuardedHttp.ForbiddenAddress.class)
        .hasMessageContaining("allow-private");
  }

  @Test
  void anAnswerThatIsTooLargeIsCutWhileItIsRead() {
    var sent = new AtomicInteger();
    serve(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream body = exchange.getResponseBody()) {
            byte[] piece = new byte[8_192];
            for (int n = 0; n < 100_000; n++) {
              body.write(piece);
              sent.addAndGet(piece.length);
            }
          }
        });

    assertThatThrownBy(() -> allowed.send(request("/endless"), AMPLE))
        .isInstanceOf(GuardedHttp.AnswerTooLarge.class)
        .hasMessageContaining(Long.toString(LARGEST.toBytes()));
    assertThat(sent.get()).isLessThan(100_000 * 8_192);
  }

  @Test
  void anAnswerOfJustTheAllowedSizeIsAnAnswer() throws Exception {
    serve("/full", exchange -> answer(exchange, 200, "x".repeat((int) LARGEST.toBytes())));

    assertThat(allowed.send(request("/full"), AMPLE).body().size()).isEqualTo(LARGEST.toBytes());
  }

  @Test
  void aServerThatSaysNothingMeetsTheDeadline() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var request = get(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/"));

      assertMeetsTheDeadline(request);
    }
  }

  @Test
  void aServerThatStopsInTheMiddleMeetsTheDeadlineToo() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var _ =
          threads.submit(() -> {
            Socket socket = server.accept();
            socket
                .getOutputStream()
                .write(
                    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"
                        .getBytes(StandardCharsets.US_ASCII));
            return socket;
          });

      assertMeetsTheDeadline(get(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/")));
    }
  }

  private void assertMeetsTheDeadline(HttpRequest request) {
    long began = System.nanoTime();
    assertThatThrownBy(() -> allowed.send(request, Duration.ofMillis(300)))
        .isInstanceOf(HttpTimeoutException.class)
        .hasMessage("no answer within 300 ms");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void whatIsNotReadOfAnAnswerIsNotWaitedFor() throws Exception {
    serve(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            while (true) {
              out.write("data\n".getBytes(StandardCharsets.UTF_8));
              out.flush();
            }
          }
        });
    serve("/ok", exchange -> answer(exchange, 200, "olá"));

    for (int i = 0; i < 3; i++) {
      String first =
          allowed.send(
              request("/endless"),
              AMPLE,
              (_, _, body) -> new String(body.readNBytes(4), StandardCharsets.UTF_8));
      assertThat(first).isEqualTo("data");
      assertThat(allowed.send(request("/ok"), AMPLE).text()).isEqualTo("olá");
    }
  }

  @Test
  void headersAndBodyArriveAsTheyWereGiven() throws Exception {
    serve(
        "/echo",
        exchange ->
            answer(
                exchange,
                200,
                exchange.getRequestMethod()
                    + exchange.getRequestHeaders().get("X-Some")
                    + exchange.getRequestHeaders().getFirst("Content-Type")
                    + new String(
                        exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    var request =
        HttpRequest.newBuilder(request("/echo").uri())
            .header("X-Some", "one")
            .header("X-Some", "two")
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"olá\": 1}"))
            .build();

    assertThat(allowed.send(request, AMPLE).text())
        .isEqualTo("PATCH[one, two]application/json{\"olá\": 1}");
  }

  @Test
  void aCallThatIsInterruptedEndsAtOnce() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var request = get(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/"));
      var ended = new CompletableFuture<Throwable>();
      Thread caller =
          Thread.startVirtualThread(() -> {
            try {
              allowed.send(request, Duration.ofMinutes(1));
            } catch (IOException | InterruptedException e) {
              ended.complete(e);
            }
          });
      var _ = silent.accept();

      caller.interrupt();

      assertThat(ended.get(5, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }
  }

  /// Answers one request on each connection and closes it after the next was read, as a server does
  /// that has just given up a silent connection.
  private AtomicInteger answeringOnceEach(ServerSocket server) {
    var read = new AtomicInteger();
    var _ =
        threads.submit(() -> {
          while (true) {
            try (Socket socket = server.accept()) {
              var lines =
                  new BufferedReader(
                      new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
              for (int request = 0; request < 2 && readHead(lines); request++) {
                read.incrementAndGet();
                if (request == 0) {
                  socket
                      .getOutputStream()
                      .write(
                          "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
                              .getBytes(StandardCharsets.US_ASCII));
                }
              }
            }
          }
        });
    return read;
  }

  private static boolean readHead(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.isEmpty()) {
      line = lines.readLine();
    }
    return line != null;
  }

  @Test
  void aQuestionWhoseKeptConnectionWasClosedIsAskedAgain() throws Exception {
    try (var server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      AtomicInteger read = answeringOnceEach(server);
      var question = get(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"));

      assertThat(allowed.send(question, AMPLE).text()).isEqualTo("ok");
      assertThat(allowed.send(question, AMPLE).text()).isEqualTo("ok");
      assertThat(read).hasValue(3);
    }
  }

  @Test
  void whatMayHaveBeenActedOnIsNeverSentTwice() throws Exception {
    try (var server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      AtomicInteger read = answeringOnceEach(server);
      var post =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();

      assertThat(allowed.send(post, AMPLE).text()).isEqualTo("ok");
      assertThatThrownBy(() -> allowed.send(post, AMPLE)).isInstanceOf(IOException.class);
      assertThat(read).hasValue(2);
    }
  }

  @Test
  void aKeptConnectionThatItsServerHasClosedIsNotUsed() throws Exception {
    try (var server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      var post =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      for (int i = 0; i < 3; i++) {
        var closed = threads.submit(() -> answerAndClose(server));
        assertThat(allowed.send(post, AMPLE).text()).isEqualTo("ok");
        closed.get(5, TimeUnit.SECONDS);
        TimeUnit.MILLISECONDS.sleep(150);
      }
    }
  }

  /// Without a word of it in the answer.
  private static Object answerAndClose(ServerSocket server) throws IOException {
    try (Socket socket = server.accept()) {
      readHead(
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)));
      socket
          .getOutputStream()
          .write(
              "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
    }
    return "closed";
  }

  @Test
  void anAnswerThatAsksToWaitIsAnAnswer() throws Exception {
    var asked = new AtomicInteger();
    serve(
        "/busy",
        exchange -> {
          asked.incrementAndGet();
          exchange.getResponseHeaders().add("Retry-After", "1");
          answer(exchange, 503, "");
        });

    assertThat(allowed.send(request("/busy"), AMPLE).headers().firstValue("retry-after"))
        .contains("1");
    assertThat(asked).hasValue(1);
  }

  @Test
  void aRedirectIsAnAnswerAndIsNotFollowed() throws Exception {
    var called = new AtomicInteger();
    serve(
        "/away",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/ours");
          answer(exchange, 302, "");
        });
    serve(
        "/ours",
        exchange -> {
          called.incrementAndGet();
          answer(exchange, 200, "secret");
        });

    var answer = allowed.send(request("/away"), AMPLE);

    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).contains("/ours");
    assertThat(called).hasValue(0);
  }

  @Test
  void behindItsEndNothingIsCalled() {
    var ended = guarded(List.of("127.0.0.1"));
    ended.close();

    assertThatThrownBy(() -> ended.send(request("/ok"), AMPLE)).isInstanceOf(IOException.class);
  }

  @Test
  void aServerThatIsNotThereIsAFailureAndNotAHang() throws Exception {
    int free;
    try (var once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = once.getLocalPort();
    }

    assertThatThrownBy(() -> allowed.send(get(URI.create("http://127.0.0.1:" + free)), AMPLE))
        .isInstanceOf(IOException.class);
  }

  private static GuardedHttp guarded(List<String> allowed) {
    return new GuardedHttp(new HttpSettings(allowed, Duration.ofSeconds(2), LARGEST));
  }

  private void serve(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private HttpRequest request(String path) {
    return get(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path));
  }

  private static HttpRequest get(URI uri) {
    return HttpRequest.newBuilder(uri).build();
  }
}
