package io.mcpcrew.runtime.http;

import io.mcpcrew.schemas.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The one way out. Every call has a deadline for the whole of it, body included; an answer has a
/// largest size, kept while it is read; redirects are not followed; and an address in a private
/// network is only called where an operator allowed it, so that a tenant's URL cannot reach what is
/// ours. Blocks; meant for virtual threads.
///
/// The thread that reads the network puts an answer together by itself and then wakes who waits: to
/// hand that on to other threads costs a fourth of a call between two processes of one machine. So
/// nothing that is given to the client may wait.
public final class GuardedHttp implements AutoCloseable {
  private final HttpSettings settings;
  private final HttpClient client;

  public GuardedHttp(HttpSettings settings) {
    this.settings = settings;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.connectTimeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(Runnable::run)
            .build();
  }

  /// An answer that has been read to its end.
  public record Answer(int status, HttpHeaders headers, Bytes body) {
    public String text() {
      return new String(body.toArray(), StandardCharsets.UTF_8);
    }

    public boolean isSuccess() {
      return status / 100 == 2;
    }
  }

  /// @throws ForbiddenAddress when the address may not be called
  /// @throws AnswerTooLarge when the answer is longer than allowed
  /// @throws HttpTimeoutException when the deadline passes first; whether the other side acted is
  ///   then unknown
  public Answer send(HttpRequest request, Duration deadline)
      throws IOException, InterruptedException {
    checkAddress(request.uri());
    CompletableFuture<HttpResponse<Answer>> call =
        client.sendAsync(
            request,
            info ->
                HttpResponse.BodySubscribers.mapping(
                    HttpResponse.BodySubscribers.limiting(
                        HttpResponse.BodySubscribers.ofByteArray(),
                        settings.largestAnswer().toBytes()),
                    body -> new Answer(info.statusCode(), info.headers(), Bytes.of(body))));
    try {
      return call.get(deadline.toMillis(), TimeUnit.MILLISECONDS).body();
    } catch (TimeoutException e) {
      call.cancel(true);
      throw new HttpTimeoutException("no answer within " + deadline.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw translated(Objects.requireNonNullElse(e.getCause(), e));
    }
  }

  private IOException translated(Throwable cause) {
    if (cause instanceof IOException io) {
      String message = io.getMessage();
      return message != null && message.contains("body exceeds capacity")
          ? new AnswerTooLarge(settings.largestAnswer().toBytes())
          : io;
    }
    return new IOException(cause);
  }

  /// Follows an answer line by line as it comes, for event streams; the caller closes it.
  public InputStream stream(HttpRequest request) throws IOException, InterruptedException {
    checkAddress(request.uri());
    return client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
  }

  /// For clients that others have written: asked before each of their calls.
  ///
  /// @throws ForbiddenAddress when the address may not be called
  public void checkAddress(URI uri) throws IOException {
    String host = uri.getHost();
    String scheme = uri.getScheme();
    if (host == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new ForbiddenAddress("only http and https addresses are called");
    }
    if (settings.allowPrivate().contains(host)) {
      return;
    }
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (isPrivate(address)) {
          throw new ForbiddenAddress(
              "%s is in a private network; an operator can allow it with allow-private"
                  .formatted(host));
        }
      }
    } catch (UnknownHostException e) {
      throw new IOException("there is no host " + host, e);
    }
  }

  private static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
    boolean sharedSpace = bytes.length == 4 && (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || uniqueLocal
        || sharedSpace;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  /// The address may not be called.
  public static final class ForbiddenAddress extends IOException {
    private static final long serialVersionUID = 1L;

    ForbiddenAddress(String message) {
      super(message);
    }
  }

  /// The answer was longer than allowed.
  public static final class AnswerTooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    AnswerTooLarge(long allowed) {
      super("the answer is longer than " + allowed + " bytes");
    }
  }
}
