package io.mcpcrew.mcp;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A system that does not do what it should. It takes a request and then fails in one way.
final class BrokenBackend implements AutoCloseable {
  private static final int MEGABYTE = 1 << 20;
  private static final Pattern CONTENT_LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");

  enum Fault {
    SAYS_NOTHING,
    HANGS_UP,
    ANSWERS_EMPTY,
    ANSWERS_GARBAGE,
    ANSWERS_SOMETHING_ELSE,
    ANSWERS_A_LOGIN_PAGE,
    ANSWERS_100_MEGABYTES,
    IS_OVERLOADED,
    SHOWS_ITS_TRACEBACK
  }

  private final ServerSocket socket;
  private final Fault fault;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile @Nullable URI working;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  BrokenBackend(Fault fault) throws IOException {
    this.socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    this.fault = fault;
    threads.execute(this::accept);
  }

  /// How many requests have come.
  int asked() {
    return asked.get();
  }

  /// It is mended: what comes from now on is answered by a system that works.
  void nowForwardsTo(URI system) {
    working = system;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket caller = socket.accept();
        threads.execute(() -> serve(caller));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket caller) {
    URI mended = working;
    try (caller) {
      if (mended != null) {
        forward(caller, mended);
        return;
      }
      asked.incrementAndGet();
      skipRequest(new BufferedInputStream(caller.getInputStream()));
      OutputStream out = caller.getOutputStream();
      switch (fault) {
        case SAYS_NOTHING -> Thread.sleep(60_000);
        case HANGS_UP -> caller.setSoLinger(true, 0);
        case ANSWERS_EMPTY -> answer(out, "200 OK", "application/json", "");
        case ANSWERS_GARBAGE -> answer(out, "200 OK", "application/json", "}{ %%");
        case ANSWERS_SOMETHING_ELSE -> answer(out, "200 OK", "application/json", "{\"a\": 1}");
        case ANSWERS_A_LOGIN_PAGE ->
            answer(out, "200 OK", "text/html", "<html><body>Please log in</body></html>");
        case ANSWERS_100_MEGABYTES -> answerTooMuch(out);
        case IS_OVERLOADED -> answer(out, "503 Service Unavailable", "text/plain", "later");
        case SHOWS_ITS_TRACEBACK ->
            answer(
                out,
                "500 Internal Server Error",
                "application/json",
                """
                {"name": "psycopg2.OperationalError", "message": "connection to 10.0.0.7 failed",
                 "debug": "Traceback (most recent call last):\\n  File \\"/odoo/http.py\\", line 1"}\
                """);
      }
    } catch (IOException | InterruptedException e) {
      // The caller has had enough, or the test is over.
    }
  }

  private void forward(Socket caller, URI system) throws IOException {
    try (var other = new Socket(system.getHost(), system.getPort())) {
      var back = threads.submit(() -> other.getInputStream().transferTo(caller.getOutputStream()));
      caller.getInputStream().transferTo(other.getOutputStream());
      back.cancel(true);
    }
  }

  private static void skipRequest(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("hung up in the middle of a request");
      }
      head.append((char) next);
    }
    Matcher length = CONTENT_LENGTH.matcher(head);
    in.skipNBytes(length.find() ? Long.parseLong(length.group(1)) : 0);
  }

  private static void answer(OutputStream out, String status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    out.write(
        "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(status, type, bytes.length)
            .getBytes(StandardCharsets.UTF_8));
    out.write(bytes);
    out.flush();
  }

  private static void answerTooMuch(OutputStream out) throws IOException {
    out.write(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(100 * MEGABYTE)
            .getBytes(StandardCharsets.UTF_8));
    byte[] some = " ".repeat(MEGABYTE).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 100; i++) {
      out.write(some);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }
}
