package io.mcpcrew.ingest;

import static org.springframework.web.servlet.function.RouterFunctions.route;

import io.mcpcrew.ingest.IngestPipeline.Answer;
import io.mcpcrew.ingest.IngestPipeline.Webhook;
import io.mcpcrew.ingest.chatwoot.Signature;
import io.mcpcrew.ingest.chatwoot.WebhookSender;
import io.mcpcrew.runtime.faults.Outcome;
import io.mcpcrew.runtime.host.Shortcut;
import io.mcpcrew.runtime.host.Shortcuts;
import io.mcpcrew.runtime.http.Problem;
import io.mcpcrew.runtime.tokens.Bearer;
import io.mcpcrew.runtime.tokens.Grant;
import io.mcpcrew.runtime.tokens.Tokens;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.Bytes;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// The edge's HTTP. It only adapts: what is decided, [IngestPipeline] decides.
final class IngestRoutes {
  private static final String WEBHOOKS = "/webhooks/chatwoot/";

  /// As it is written by everybody; what is escaped in it is for the ordinary routes to read.
  private static final Pattern WEBHOOK = Pattern.compile(WEBHOOKS + "([^/%;]+)/([^/%;]+)");

  private static final List<HttpMessageConverter<?>> CONVERTERS =
      List.of(new JacksonJsonHttpMessageConverter());

  private final IngestPipeline pipeline;
  private final IngestSettings settings;
  private final Tokens tokens;
  private final MeterRegistry meters;

  IngestRoutes(
      IngestPipeline pipeline, IngestSettings settings, Tokens tokens, MeterRegistry meters) {
    this.pipeline = pipeline;
    this.settings = settings;
    this.tokens = tokens;
    this.meters = meters;
  }

  RouterFunction<ServerResponse> routes() {
    return route()
        .POST(WEBHOOKS + "{account}/{sender}", this::webhook)
        .POST("/explain/chatwoot/{account}/{sender}", this::explain)
        .build();
  }

  /// Webhooks past the routing, which costs almost as much as what is done with one.
  Shortcuts shortcuts() {
    return new Shortcuts(List.of(new Shortcut(WEBHOOKS + "*", this::webhook)));
  }

  private boolean webhook(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Matcher path = WEBHOOK.matcher(request.getRequestURI());
    if (!request.getMethod().equals("POST") || !path.matches()) {
      return false;
    }
    webhook(path.group(1), path.group(2), request).writeTo(request, response, () -> CONVERTERS);
    return true;
  }

  private ServerResponse webhook(ServerRequest request) throws IOException {
    return webhook(
        request.pathVariable("account"), request.pathVariable("sender"), request.servletRequest());
  }

  private ServerResponse webhook(String account, String senderName, HttpServletRequest request)
      throws IOException {
    Optional<WebhookSender> sender = WebhookSender.ofPath(senderName);
    if (sender.isEmpty()) {
      return Problem.of(404, "no_such_sender", "webhooks come to .../account or .../bot");
    }
    Optional<byte[]> body = read(request);
    if (body.isEmpty()) {
      return tooLarge();
    }
    var signature =
        new Signature(
            request.getHeader("X-Chatwoot-Timestamp"), request.getHeader("X-Chatwoot-Signature"));
    String traceparent = Objects.requireNonNullElse(request.getHeader("traceparent"), "");
    Answer answer =
        pipeline.accept(
            new Webhook(account, sender.get(), signature, Bytes.of(body.get()), traceparent));
    meters.counter("crew.ingest.webhooks", "status", Integer.toString(answer.status())).increment();
    return answer(answer);
  }

  private ServerResponse tooLarge() {
    return Problem.of(
        413, "too_large", "a body may have at most " + settings.largestBody().toBytes() + " bytes");
  }

  private static ServerResponse answer(Answer answer) {
    if (answer.status() == 202) {
      return ServerResponse.status(202)
          .contentType(MediaType.APPLICATION_JSON)
          .body(new Accepted(answer.detail()));
    }
    return Problem.of(answer.status(), answer.code(), answer.detail());
  }

  record Accepted(String eventId) {}

  private ServerResponse explain(ServerRequest request) throws IOException {
    Optional<WebhookSender> sender = WebhookSender.ofPath(request.pathVariable("sender"));
    Optional<AccountId> account =
        Bearer.of(request)
            .flatMap(tokens::verify)
            .map(Grant::account)
            .filter(a -> a.value().equals(request.pathVariable("account")));
    if (sender.isEmpty() || account.isEmpty()) {
      return Problem.of(404, "unknown", "there is no such webhook to explain");
    }
    Optional<byte[]> body = read(request.servletRequest());
    if (body.isEmpty()) {
      return tooLarge();
    }
    return switch (pipeline.explain(account.get(), sender.get(), body.get())) {
      case Outcome.Refused<ConversationEvent>(String code, String reason) ->
          Problem.of(400, code, reason);
      case Outcome.Done<ConversationEvent>(ConversationEvent event) ->
          ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).body(Explanation.of(event));
    };
  }

  /// The body, or empty when it is longer than allowed; of a too long one no more than that is
  /// read.
  private Optional<byte[]> read(HttpServletRequest request) throws IOException {
    int most = Math.toIntExact(settings.largestBody().toBytes());
    if (request.getContentLengthLong() > most) {
      return Optional.empty();
    }
    try (InputStream in = request.getInputStream()) {
      byte[] body = in.readNBytes(most + 1);
      return body.length > most ? Optional.empty() : Optional.of(body);
    }
  }

  /// What the edge made of a webhook, for a person.
  record Explanation(
      String eventId,
      String conversation,
      String kind,
      String author,
      String channel,
      String inbox,
      String status,
      boolean hasText,
      int attachments,
      String writtenAt) {

    static Explanation of(ConversationEvent event) {
      var facts = event.facts();
      return new Explanation(
          event.eventId(),
          event.conversation().toString(),
          event.kind().name(),
          event.author().name(),
          event.channel(),
          event.inbox(),
          facts == null ? "UNKNOWN" : facts.status().name(),
          event.text() != null,
          event.attachments().size(),
          event.writtenAt().toString());
    }
  }
}
