package io.mcpcrew.runtime.http;

import io.mcpcrew.schemas.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/// The one way out. Every call has a deadline for the whole of it, body included; an answer has a
/// largest size, kept while it is read; redirects are not followed; and an address in a private
/// network is only called where an operator allowed it, so that a tenant's URL cannot reach what is
/// ours. Blocks; meant for virtual threads, whose interruption ends a call.
///
/// What is sent may have been acted on although its answer is lost, so nothing is sent a second
/// time but a question that changes nothing, when the kept connection it went to was already
/// closed.
public final class GuardedHttp implements AutoCloseable {
  /// What is kept open for the next call is bounded by time, not by number: how many wait at once
  /// is for the callers to say.
  private static final int CONNECTIONS = 20_000;

  /// Shorter than what servers usually keep a silent connection open.
  private static final TimeValue KEPT = TimeValue.ofSeconds(30);

  /// After so long a silence a connection is looked at before it is used, which takes a
  /// millisecond: its server may have closed it. Under load the ones that were used last are used
  /// again sooner.
  private static final TimeValue TRUSTED = TimeValue.ofMilliseconds(100);

  private final HttpSettings settings;
  private final boolean anyAddress;
  private final CloseableHttpClient client;
  private final ScheduledThreadPoolExecutor deadlines = deadlines();

  public GuardedHttp(HttpSettings settings) {
    this(settings, false);
  }

  /// For addresses that nobody but an operator gives, such as those of our own services.
  public static GuardedHttp ofOperator(HttpSettings settings) {
    return new GuardedHttp(settings, true);
  }

  private GuardedHttp(HttpSettings settings, boolean anyAddress) {
    this.settings = settings;
    this.anyAddress = anyAddress;
    this.client =
        HttpClients.custom()
            .setConnectionManager(connections(settings))
            .setDefaultRequestConfig(RequestConfig.custom().setConnectionKeepAlive(KEPT).build())
            .setRetryStrategy(new QuestionsAgain())
            .setUserAgent("mcp-crew")
            .evictIdleConnections(KEPT)
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableConnectionState()
            .disableContentCompression()
            .build();
  }

  private PoolingHttpClientConnectionManager connections(HttpSettings settings) {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setMaxConnPerRoute(CONNECTIONS)
        .setMaxConnTotal(CONNECTIONS)
        .setDnsResolver(new GuardedNames())
        // A call has its deadline; one for each read beside it costs each read a timer.
        .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(Timeout.DISABLED).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                .setValidateAfterInactivity(TRUSTED)
                .build())
        .build();
  }

  /// Wakes seldom: a call that was answered takes its deadline away.
  private static ScheduledThreadPoolExecutor deadlines() {
    var timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("http-deadlines").daemon().factory());
    timer.setRemoveOnCancelPolicy(true);
    return timer;
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

  /// Makes something of an answer while it comes.
  @FunctionalInterface
  public interface Reading<T> {
    /// @param body fails with [AnswerTooLarge] behind what is allowed; what is not read of it is
    ///   not waited for
    T read(int status, HttpHeaders headers, InputStream body) throws IOException;
  }

  /// @throws ForbiddenAddress when the address may not be called
  /// @throws AnswerTooLarge when the answer is longer than allowed
  /// @throws HttpTimeoutException when the deadline passes first; whether the other side acted is
  ///   then unknown
  public Answer send(HttpRequest request, Duration deadline)
      throws IOException, InterruptedException {
    return send(
        request,
        deadline,
        (status, headers, body) -> new Answer(status, headers, Bytes.of(body.readAllBytes())));
  }

  /// The same for answers that are not wanted whole.
  public <T> T send(HttpRequest request, Duration deadline, Reading<T> reading)
      throws IOException, InterruptedException {
    checkAddress(request.uri());
    HttpUriRequestBase call = Requests.of(request);
    var late = new AtomicBoolean();
    ScheduledFuture<?> deadlineOfCall =
        schedule(
            deadline,
            () -> {
              late.set(true);
              call.cancel();
            });
    try {
      ClassicHttpResponse response =
          client.executeOpen(RoutingSupport.determineHost(call), call, HttpClientContext.create());
      try (var body = new Body(response, settings.largestAnswer().toBytes(), call)) {
        return reading.read(response.getCode(), headers(response), body);
      }
    } catch (IOException | HttpException | IllegalStateException failure) {
      throw translated(failure, late.get(), deadline);
    } finally {
      deadlineOfCall.cancel(false);
    }
  }

  private ScheduledFuture<?> schedule(Duration after, Runnable end) throws IOException {
    try {
      return deadlines.schedule(end, after.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw new IOException("calls are not made any more: this end is closed", e);
    }
  }

  private static HttpHeaders headers(ClassicHttpResponse response) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (var header : response.getHeaders()) {
      headers.computeIfAbsent(header.getName(), _ -> new ArrayList<>(1)).add(header.getValue());
    }
    return HttpHeaders.of(headers, (_, _) -> true);
  }

  /// An answer's body up to what is allowed. Its connection is kept when it was read to its end,
  /// and given up when not: nobody waits for what nobody wants.
  private static final class Body extends InputStream {
    private final ClassicHttpResponse response;
    private final InputStream content;
    private final long most;
    private final HttpUriRequestBase call;
    private long read;
    private boolean ended;

    Body(ClassicHttpResponse response, long most, HttpUriRequestBase call) throws IOException {
      HttpEntity entity = response.getEntity();
      this.response = response;
      this.content = entity == null ? InputStream.nullInputStream() : entity.getContent();
      this.ended = entity == null;
      this.most = most;
      this.call = call;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = content.read(into, offset, length);
      ended = count < 0;
      read += Math.max(count, 0);
      if (read > most) {
        throw new AnswerTooLarge(most);
      }
      return count;
    }

    @Override
    public void close() {
      if (!ended) {
        call.cancel();
      }
      Closer.closeQuietly(response);
    }
  }

  /// A call that was ended from outside fails with whatever its socket says then.
  private static IOException translated(Exception failure, boolean late, Duration deadline)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while a call was under way");
    }
    if (late) {
      return new HttpTimeoutException("no answer within " + deadline.toMillis() + " ms");
    }
    if (failure instanceof ConnectTimeoutException) {
      return new HttpConnectTimeoutException(failure.getMessage());
    }
    return failure instanceof IOException io ? io : new IOException(failure);
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
    if (isAllowed(host)) {
      return;
    }
    try {
      if (isForbidden(host, InetAddress.getAllByName(host))) {
        throw new ForbiddenAddress(privateHost(host));
      }
    } catch (UnknownHostException e) {
      throw new IOException("there is no host " + host, e);
    }
  }

  private boolean isForbidden(String host, InetAddress[] addresses) {
    return !isAllowed(host) && Stream.of(addresses).anyMatch(GuardedHttp::isPrivate);
  }

  private boolean isAllowed(String host) {
    return anyAddress || settings.allowPrivate().contains(host);
  }

  private static String privateHost(String host) {
    return "%s is in a private network; an operator can allow it with allow-private"
        .formatted(host);
  }

  /// The addresses that are connected to are looked at themselves: a name may tell others than it
  /// told a moment ago.
  private final class GuardedNames implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      InetAddress[] addresses = InetAddress.getAllByName(host);
      if (isForbidden(host, addresses)) {
        throw new UnknownHostException(privateHost(host));
      }
      return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
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
    deadlines.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
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
