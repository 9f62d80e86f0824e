package io.mcpcrew.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.parts.FreePort;
import io.mcpcrew.runtime.host.ServiceHost;
import io.mcpcrew.runtime.tokens.Role;
import io.mcpcrew.runtime.tokens.Tokens;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.Parked;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.topics.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two instances on a real broker share the conversations.
@Timeout(60)
class IntentStreamIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static final ConversationKey ONE = ConversationKey.of("loja", "chatwoot-1");

  /// In the other partition, so each instance has one of the two.
  private static final ConversationKey OTHER =
      IntStream.iterate(2, i -> i + 1)
          .mapToObj(i -> ConversationKey.of("loja-" + i, "chatwoot-1"))
          .filter(key -> partition(key) != partition(ONE))
          .findFirst()
          .orElseThrow();

  private static TestLog log;
  private static AutoCloseable crew;
  private static ServiceHost first;
  private static ServiceHost second;
  private static HttpClient http;

  @BeforeAll
  @Timeout(120)
  static void start(@TempDir Path folder) throws IOException {
    log = TestLog.start(folder);
    log.settle("loja");
    log.settle(OTHER.account().value());
    crew = log.crew();
    first = serve("first");
    second = serve("second");
    await().atMost(Duration.ofSeconds(60)).until(() -> first.isReady() && second.isReady());
    http = HttpClient.newHttpClient();
    log.customerWrites(ONE, 1, "quanto custa a furadeira?");
    log.customerWrites(OTHER, 1, "qual o horário?");
    await().atMost(SOON).until(() -> turnsOf(ONE).size() == 1 && turnsOf(OTHER).size() == 1);
  }

  private static int partition(ConversationKey key) {
    return TestLog.partition(Topics.MESSAGES, key.toString());
  }

  private static ServiceHost serve(String name) throws IOException {
    int port = FreePort.next();
    return log.serve(name, "--server.port=" + port, "--intent.address=127.0.0.1:" + port);
  }

  @AfterAll
  static void stop() throws Exception {
    http.close();
    second.close();
    first.close();
    crew.close();
    log.close();
  }

  private static List<Turn> turnsOf(ConversationKey key) {
    return log.read(Topics.TURNS).stream()
        .filter(turn -> turn.turn().conversation().equals(key))
        .toList();
  }

  private static String token(AccountId account, Role role) {
    return first.bean(Tokens.class).sign(account, role, "a-test", Instant.now().plusSeconds(60));
  }

  private static HttpResponse<String> ask(
      ServiceHost host, ConversationKey key, @Nullable String token) throws Exception {
    var request =
        HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:%d/conversations/%s".formatted(host.port(), key)));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void theInstanceThatHasAConversationAnswersAndTheOtherSaysWhere() throws Exception {
    for (ConversationKey key : List.of(ONE, OTHER)) {
      String token = token(key.account(), Role.AGENT);
      await()
          .atMost(SOON)
          .until(() ->
              Set.of(ask(first, key, token).statusCode(), ask(second, key, token).statusCode())
                  .equals(Set.of(200, 421)));
      boolean isFirst = ask(first, key, token).statusCode() == 200;

      var answer = ask(isFirst ? first : second, key, token);
      var misdirected = ask(isFirst ? second : first, key, token);

      assertThat(answer.body())
          .contains("\"conversation\":\"" + key + "\"", "\"turns\":1", "\"channel\":\"whatsapp\"")
          .doesNotContain("furadeira");
      assertThat(misdirected.body())
          .contains(
              "\"at\":\"http://127.0.0.1:%d/conversations/%s\""
                  .formatted((isFirst ? first : second).port(), key));
    }
  }

  @Test
  void whoMayNotAskReadsWhatIsReadOfAConversationThatNeverWas() throws Exception {
    var unknown = ConversationKey.of("loja", "chatwoot-99");
    String mine = token(ONE.account(), Role.AGENT);
    await()
        .atMost(SOON)
        .until(() ->
            ask(first, unknown, mine).statusCode() == 404
                || ask(second, unknown, mine).statusCode() == 404);
    var here = ask(first, unknown, mine);
    String never =
        (here.statusCode() == 404 ? here : ask(second, unknown, mine))
            .body()
            .replace("chatwoot-99", "chatwoot-1");

    for (ServiceHost host : List.of(first, second)) {
      for (String token :
          new @Nullable String[] {
            null,
            "no-token",
            token(OTHER.account(), Role.ADMINISTRATOR),
            token(ONE.account(), Role.END_USER),
            token(ONE.account(), Role.TURN)
          }) {
        var refused = ask(host, ONE, token);
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.body()).isEqualTo(never);
      }
    }
  }

  @Test
  void aBadRecordIsParkedAndItsNeighboursAreAnsweredWithinFiveSeconds() {
    ConversationKey neighbour = ConversationKey.of("loja", "chatwoot-50");
    ConversationKey bad = ConversationKey.of("loja", "chatwoot-51");

    Instant began = Instant.now();
    log.write(
        Topics.MESSAGES, bad.toString(), "not ours".getBytes(StandardCharsets.UTF_8), Map.of());
    // Each fits into a record, but the state that holds all of them does not.
    for (int number = 1; number <= 3; number++) {
      log.customerWrites(bad, number, "x".repeat(250_000));
    }
    log.write(Topics.MESSAGES, "k".repeat(300_000), new byte[] {1}, Map.of());
    log.customerWrites(neighbour, 1, "quanto custa a furadeira?");
    await().atMost(SOON).until(() -> turnsOf(neighbour).size() == 1);

    assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(5));
    await()
        .atMost(SOON)
        .until(() ->
            log.read(Topics.parkedOf(Topics.MESSAGES)).stream()
                .map(Parked::kind)
                .collect(Collectors.toSet())
                .containsAll(Set.of("undecodable", "too_large")));
    assertThat(first.isReady() && second.isReady()).isTrue();
  }

  @Test
  void whatIsDoneForAnAccountIsCountedByItsName() {
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          assertThat(counted("crew.intent.messages", OTHER.account().value()))
              .isGreaterThanOrEqualTo(1);
          assertThat(counted("crew.intent.turns", OTHER.account().value()))
              .isGreaterThanOrEqualTo(1);
          assertThat(counted("crew.intent.replies", OTHER.account().value()))
              .isGreaterThanOrEqualTo(1);
        });
    assertThat(
            first.bean(MeterRegistry.class).find("crew.intent.lag.age").gauges().stream()
                .map(Gauge::getId)
                .map(id -> id.getTag("topic")))
        .containsExactlyInAnyOrder(
            "crew.messages", "crew.work", "crew.decisions", "crew.deliveries", "crew.ticks");
  }

  private static double counted(String name, String account) {
    return List.of(first, second).stream()
        .mapToDouble(host -> {
          var counter =
              host.bean(MeterRegistry.class).find(name).tag("tenant_id", account).counter();
          return counter == null ? 0 : counter.count();
        })
        .sum();
  }
}
