package io.mcpcrew.knowledge.archive;

import static org.springframework.web.servlet.function.RouterFunctions.route;

import io.mcpcrew.knowledge.memory.ItemKey;
import io.mcpcrew.runtime.http.Problem;
import io.mcpcrew.runtime.tokens.Bearer;
import io.mcpcrew.runtime.tokens.Role;
import io.mcpcrew.runtime.tokens.Tokens;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.KnowledgeType;
import io.mcpcrew.schemas.contract.KnowledgeItem;
import io.mcpcrew.schemas.contract.SourceClass;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// Answers what is held, and what was held at an instant, to who holds a token of the account. Who
/// does not hears the same of an account that is there and of one that is not.
public final class KnowledgeRoutes {
  private static final Logger LOGGER = LoggerFactory.getLogger(KnowledgeRoutes.class);
  private static final int LONGEST_QUESTION = 200;
  private static final int MOST_WORDS = 10;

  private final @Nullable KnowledgeArchive archive;
  private final Tokens tokens;

  /// @param archive null where this installation keeps none
  public KnowledgeRoutes(@Nullable KnowledgeArchive archive, Tokens tokens) {
    this.archive = archive;
    this.tokens = tokens;
  }

  public RouterFunction<ServerResponse> routes() {
    return route()
        .GET("/knowledge/{account}", this::search)
        .GET("/knowledge/{account}/{type}/{*key}", this::one)
        .build();
  }

  private ServerResponse search(ServerRequest request) {
    return answer(
        request,
        (open, account) -> {
          String words = request.param("q").orElse("").strip();
          if (words.length() > LONGEST_QUESTION) {
            throw new IllegalArgumentException("q has at most " + LONGEST_QUESTION + " characters");
          }
          var question =
              new KnowledgeArchive.Question(
                  account,
                  request.param("type").map(KnowledgeType::new).orElse(null),
                  subject(request),
                  Arrays.stream(words.split("\\s+", -1))
                      .filter(word -> !word.isEmpty())
                      .limit(MOST_WORDS)
                      .toList(),
                  asOf(request));
          return ok(new Found(open.search(question).stream().map(Told::of).toList()));
        });
  }

  private ServerResponse one(ServerRequest request) {
    return answer(
        request,
        (open, account) -> {
          // The rest of the path, whose first character is its slash: a product's code may contain
          // one.
          String name = request.pathVariable("key").substring(1);
          String type = request.pathVariable("type");
          Instant asOf = asOf(request);
          Optional<KnowledgeItem> found =
              name.isEmpty() || !isType(type)
                  ? Optional.empty()
                  : open.find(
                      new ItemKey(account, new KnowledgeType(type), name, subject(request)), asOf);
          return found.map(Told::of).map(KnowledgeRoutes::ok).orElseGet(KnowledgeRoutes::unknown);
        });
  }

  @FunctionalInterface
  private interface Answer {
    ServerResponse of(KnowledgeArchive archive, AccountId account);
  }

  private ServerResponse answer(ServerRequest request, Answer answer) {
    Optional<AccountId> account = account(request);
    if (account.isEmpty()) {
      return unknown();
    }
    if (archive == null) {
      return Problem.of(
          503,
          "no_archive",
          "this installation keeps no archive of knowledge: knowledge.mongo-uri is not set");
    }
    try {
      return answer.of(archive, account.get());
    } catch (IllegalArgumentException | DateTimeException wrong) {
      return Problem.of(400, "bad_question", String.valueOf(wrong.getMessage()));
    } catch (RuntimeException e) {
      LOGGER.atWarn().setCause(e).log("archive does not answer");
      return Problem.of(503, "archive_away", "the archive of knowledge does not answer now");
    }
  }

  /// The account asked for, if the caller's token is of it. A customer's token opens one
  /// conversation, not what the company knows.
  private Optional<AccountId> account(ServerRequest request) {
    String account = request.pathVariable("account");
    return Bearer.of(request)
        .flatMap(tokens::verify)
        .filter(grant -> grant.role() != Role.END_USER)
        .filter(grant -> grant.account().value().equals(account))
        .map(grant -> grant.account());
  }

  private static boolean isType(String text) {
    try {
      return new KnowledgeType(text).value().equals(text);
    } catch (IllegalArgumentException notAType) {
      return false;
    }
  }

  private static @Nullable String subject(ServerRequest request) {
    return request.param("subject").filter(text -> !text.isBlank()).orElse(null);
  }

  private static @Nullable Instant asOf(ServerRequest request) {
    return request.param("as_of").map(Instant::parse).orElse(null);
  }

  private static ServerResponse unknown() {
    return Problem.of(404, "unknown", "nothing is known of this");
  }

  private static ServerResponse ok(Object body) {
    return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).body(body);
  }

  record Found(List<Told> items) {}

  /// A version as it is told.
  record Told(
      String type,
      String key,
      @Nullable String subject,
      long version,
      SourceClass sourceClass,
      String source,
      String text,
      Map<String, String> fields,
      double confidence,
      long confirmations,
      String validFrom,
      @Nullable String validTo,
      String recordedFrom,
      @Nullable String recordedTo) {

    static Told of(KnowledgeItem item) {
      return new Told(
          item.type().value(),
          item.key(),
          item.subject(),
          item.version(),
          item.sourceClass(),
          item.source(),
          item.text().readable(),
          new TreeMap<>(item.fields()),
          item.confidence(),
          item.confirmations(),
          item.validFrom().toString(),
          text(item.validTo()),
          item.recordedFrom().toString(),
          text(item.recordedTo()));
    }

    private static @Nullable String text(@Nullable Instant instant) {
      return instant == null ? null : instant.toString();
    }
  }
}
