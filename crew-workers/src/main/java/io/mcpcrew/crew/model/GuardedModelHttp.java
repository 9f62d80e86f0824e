package io.mcpcrew.crew.model;

import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.mcpcrew.runtime.http.GuardedHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// LangChain4j's way to the network is ours: with a deadline for the whole, a largest answer, and
/// only to addresses that may be called.
final class GuardedModelHttp implements HttpClient, HttpClientBuilder {
  /// How long the present call may take.
  private static final ScopedValue<Duration> DEADLINE = ScopedValue.newInstance();

  private static final Duration NOBODY_SAID = Duration.ofSeconds(30);

  private final GuardedHttp http;
  private final Mending mending;

  GuardedModelHttp(GuardedHttp http, Mending mending) {
    this.http = http;
    this.mending = mending;
  }

  static <T> T within(Duration deadline, Function<Duration, T> call) {
    return ScopedValue.where(DEADLINE, deadline).call(() -> call.apply(deadline));
  }

  static Duration deadline() {
    return DEADLINE.orElse(NOBODY_SAID);
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    var sent = java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
    request.headers().forEach((name, values) -> values.forEach(value -> sent.header(name, value)));
    String body = request.body();
    sent.method(
        request.method().name(),
        body == null
            ? java.net.http.HttpRequest.BodyPublishers.noBody()
            : java.net.http.HttpRequest.BodyPublishers.ofString(mending.sent(body)));
    GuardedHttp.Answer answer = send(sent.build());
    if (!answer.isSuccess()) {
      String after = answer.headers().firstValue("Retry-After").orElse(null);
      throw new Refused(answer.status(), answer.text(), after);
    }
    mending
        .refusal(answer.text())
        .ifPresent(reason -> {
          throw new ContentFilteredException(reason);
        });
    return SuccessfulHttpResponse.builder()
        .statusCode(answer.status())
        .headers(answer.headers().map())
        .body(mending.received(answer.text()))
        .build();
  }

  private GuardedHttp.Answer send(java.net.http.HttpRequest request) {
    try {
      return http.send(request, deadline());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a model was asked", e);
    }
  }

  /// Nothing is streamed: a reply is checked as a whole before anybody reads it.
  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedFeatureException("answers are not streamed");
  }

  @Override
  public Duration connectTimeout() {
    return NOBODY_SAID;
  }

  /// The guarded client has one of its own.
  @Override
  public HttpClientBuilder connectTimeout(@Nullable Duration timeout) {
    return this;
  }

  @Override
  public Duration readTimeout() {
    return NOBODY_SAID;
  }

  /// Each call brings its deadline.
  @Override
  public HttpClientBuilder readTimeout(@Nullable Duration timeout) {
    return this;
  }

  @Override
  public HttpClient build() {
    return this;
  }

  /// The model's server refused the request.
  static final class Refused extends HttpException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 300;
    private final @Nullable String retryAfter;

    Refused(int status, String body, @Nullable String retryAfter) {
      super(status, body.length() <= LONGEST ? body : body.substring(0, LONGEST));
      this.retryAfter = retryAfter;
    }

    /// In seconds; a date is not read.
    @Nullable Duration after() {
      return retryAfter != null && retryAfter.matches("\\d{1,6}")
          ? Duration.ofSeconds(Long.parseLong(retryAfter))
          : null;
    }
  }
}
