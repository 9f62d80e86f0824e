package io.mcpcrew.intent.ask;

import static org.springframework.web.servlet.function.RouterFunctions.route;

import io.mcpcrew.intent.ask.Conversations.Answer;
import io.mcpcrew.intent.conversation.ConversationMachine;
import io.mcpcrew.runtime.http.Problem;
import io.mcpcrew.runtime.tokens.Bearer;
import io.mcpcrew.runtime.tokens.Grant;
import io.mcpcrew.runtime.tokens.Role;
import io.mcpcrew.runtime.tokens.Tokens;
import io.mcpcrew.schemas.ConversationKey;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// Answers what a conversation is doing, to who holds a token of its account. Whoever may not ask
/// reads the same as who asks for a conversation that never was, and learns of no other instance.
public final class ConversationRoutes {
  private static final Set<Role> MAY_ASK = EnumSet.of(Role.ADMINISTRATOR, Role.AGENT, Role.SERVICE);

  private final Conversations conversations;
  private final Tokens tokens;

  public ConversationRoutes(Conversations conversations, Tokens tokens) {
    this.conversations = conversations;
    this.tokens = tokens;
  }

  public RouterFunction<ServerResponse> routes() {
    return route().GET("/conversations/{account}/{conversation}", this::present).build();
  }

  private ServerResponse present(ServerRequest request) {
    return key(request).map(this::answer).orElseGet(ConversationRoutes::unknown);
  }

  private ServerResponse answer(ConversationKey key) {
    return switch (conversations.ask(key)) {
      case Answer.Found(var state) ->
          ServerResponse.ok()
              .contentType(MediaType.APPLICATION_JSON)
              .body(Present.of(state, ConversationMachine.goesOn(state).orElse(null)));
      case Answer.Unknown _ -> unknown();
      case Answer.Elsewhere(String address) -> elsewhere(key, address);
      case Answer.NotNow(String because) -> Problem.of(503, "not_now", because);
    };
  }

  /// 421, misdirected: the caller asks there, with the same token.
  private static ServerResponse elsewhere(ConversationKey key, String address) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.MISDIRECTED_REQUEST, "another instance has this conversation");
    problem.setProperty("code", "elsewhere");
    problem.setProperty("at", "http://%s/conversations/%s".formatted(address, key));
    return ServerResponse.status(HttpStatus.MISDIRECTED_REQUEST)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  private Optional<ConversationKey> key(ServerRequest request) {
    String account = request.pathVariable("account");
    Optional<Grant> grant = Bearer.of(request).flatMap(tokens::verify);
    try {
      return grant
          .filter(g -> MAY_ASK.contains(g.role()) && g.account().value().equals(account))
          .map(g -> new ConversationKey(g.account(), request.pathVariable("conversation")));
    } catch (IllegalArgumentException notAKey) {
      return Optional.empty();
    }
  }

  private static ServerResponse unknown() {
    return Problem.of(404, "unknown", "there is nothing to tell of this");
  }
}
