package io.mcpcrew.ingest.timeline;

import static org.springframework.web.servlet.function.RouterFunctions.route;

import io.mcpcrew.runtime.http.Problem;
import io.mcpcrew.runtime.tokens.Bearer;
import io.mcpcrew.runtime.tokens.Grant;
import io.mcpcrew.runtime.tokens.Tokens;
import io.mcpcrew.schemas.ConversationKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// Answers why a message was written, and what a conversation's last turns did, to who holds a
/// token of the account.
final class WhyRoutes {
  private static final int MOST_LINES = 100;

  private final TimelineStore store;
  private final Tokens tokens;

  WhyRoutes(TimelineStore store, Tokens tokens) {
    this.store = store;
    this.tokens = tokens;
  }

  RouterFunction<ServerResponse> routes() {
    return route()
        .GET("/why/{account}/{conversation}", this::conversation)
        .GET("/why/{account}/{conversation}/{message}", this::message)
        .build();
  }

  private ServerResponse conversation(ServerRequest request) {
    return key(request)
        .map(key -> answer(store.of(key, MOST_LINES), null))
        .orElseGet(WhyRoutes::unknown);
  }

  private ServerResponse message(ServerRequest request) {
    Optional<ConversationKey> key = key(request);
    String message = request.pathVariable("message");
    if (key.isEmpty() || !message.matches("\\d{1,18}")) {
      return unknown();
    }
    return store
        .turnOfMessage(key.get(), Long.parseLong(message))
        .map(turn -> answer(way(key.get(), turn), turn))
        .orElseGet(WhyRoutes::unknown);
  }

  /// The turn's own lines, and before them what was received for it.
  private List<TimelineLine> way(ConversationKey key, String turn) {
    List<TimelineLine> ofTurn = store.ofTurn(key, turn);
    return Stream.concat(store.receivedFor(key, ofTurn).stream(), ofTurn.stream()).toList();
  }

  /// The conversation asked for, if the caller's token is of its account.
  private Optional<ConversationKey> key(ServerRequest request) {
    String account = request.pathVariable("account");
    Optional<Grant> grant = Bearer.of(request).flatMap(tokens::verify);
    try {
      return grant
          .filter(g -> g.account().value().equals(account))
          .map(g -> new ConversationKey(g.account(), request.pathVariable("conversation")));
    } catch (IllegalArgumentException notAKey) {
      return Optional.empty();
    }
  }

  private static ServerResponse unknown() {
    return Problem.of(404, "unknown", "there is nothing to tell of this");
  }

  private static ServerResponse answer(List<TimelineLine> lines, @Nullable String turn) {
    long millis =
        lines.isEmpty()
            ? 0
            : Duration.between(lines.getFirst().at(), lines.getLast().at()).toMillis();
    var told =
        lines.stream()
            .map(l -> new Told(l.stage(), l.text(), l.at().toString(), l.turn()))
            .toList();
    return ServerResponse.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(new Way(turn, millis, told));
  }

  record Way(@Nullable String turn, long totalMillis, List<Told> lines) {}

  record Told(String stage, String text, String at, @Nullable String turn) {}
}
