package io.mcpcrew.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.parts.PartsSettings;
import io.mcpcrew.parts.Progress;
import io.mcpcrew.parts.RealParts;
import io.mcpcrew.runtime.host.ServiceHost;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.tokens.Role;
import io.mcpcrew.runtime.tokens.Tokens;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.contract.Observation;
import io.mcpcrew.schemas.contract.SourceClass;
import io.mcpcrew.schemas.topics.Partitions;
import io.mcpcrew.schemas.topics.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole service on a real broker and a server with MongoDB's protocol: what is observed can be
/// asked for, by who may ask.
@Timeout(60)
class KnowledgeStreamIT {
  private static final AccountId LOJA = new AccountId("loja");
  private static final AccountId CLINICA = new AccountId("clinica");

  /// What was opened, to be closed in the other order, however far the start came.
  private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();

  @TempDir private static Path folder;
  private static RealParts parts;
  private static ServiceHost host;
  private static HttpClient http;
  private static KafkaProducer<String, byte[]> producer;

  @BeforeAll
  static void start() throws Exception {
    parts =
        RealParts.start(
            PartsSettings.forTests(folder.resolve("parts")).withRedis(false), Progress.silent());
    OPEN.push(parts);
    host = serve("with-archive", "--knowledge.mongo-uri=" + parts.mongoUri());
    OPEN.push(host);
    http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    OPEN.push(http::shutdownNow);
    producer = host.bean(KafkaClients.class).producer("test");
    OPEN.push(() -> producer.close(Duration.ofSeconds(2)));
    // Both accounts' keys exist; a token is refused for being another's and not for want of a key.
    token(LOJA, Role.SERVICE);
    token(CLINICA, Role.SERVICE);
    observe(price("loja", "99.90", 0));
    observe(price("loja", "89.90", 1));
    observe(price("clinica", "500.00", 1));
    observe(
        Observations.observation(
            "loja",
            Observations.INSIGHT,
            "hours",
            "contact-9",
            SourceClass.CUSTOMER,
            "turn-1",
            "prefere de manhã",
            Map.of(),
            1));
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() ->
            ask("/knowledge/loja/PRODUCT_INFO/EX-01", LOJA).body().contains("89.90")
                && ask("/knowledge/clinica", CLINICA).body().contains("500.00")
                && ask("/knowledge/loja?subject=contact-9", LOJA).body().contains("manhã"));
  }

  private static ServiceHost serve(String name, String... more) {
    String[] args = {
      "--server.port=0",
      "--platform.kafka.bootstrap-servers=" + parts.kafkaBootstrapServers(),
      "--platform.kafka.partitions=2",
      "--platform.tokens.keys=" + folder.resolve("keys"),
      "--platform.tokens.create-missing=true",
      "--knowledge.state-dir=" + folder.resolve(name),
      "--knowledge.application-id=" + name
    };
    String[] all = new String[args.length + more.length];
    System.arraycopy(args, 0, all, 0, args.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return ServiceHost.start(Map.of(), all, KnowledgeStreamConfiguration.class);
  }

  @AfterAll
  static void stop() throws Exception {
    while (!OPEN.isEmpty()) {
      OPEN.pop().close();
    }
  }

  @Test
  void whatHoldsIsAnsweredWithWhoSaidSoAndSince() throws Exception {
    var answer = ask("/knowledge/loja/PRODUCT_INFO/EX-01", LOJA);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"version\":2", "\"price\":\"89.90\"", "\"sourceClass\":\"SYSTEM_OF_RECORD\"")
        .contains("\"recordedTo\":null");
  }

  @Test
  void whatWasKnownThenIsAnsweredToo() throws Exception {
    var before = ask("/knowledge/loja/PRODUCT_INFO/EX-01?as_of=2020-01-01T00:00:00Z", LOJA);
    var now = ask("/knowledge/loja/PRODUCT_INFO/EX-01?as_of=" + Instant.now(), LOJA);

    assertThat(before.statusCode()).isEqualTo(404);
    assertThat(now.body()).contains("89.90");
  }

  @Test
  void theListIsNarrowedByTypeAndWords() throws Exception {
    assertThat(ask("/knowledge/loja?q=FURADEIRA", LOJA).body()).contains("EX-01");
    assertThat(ask("/knowledge/loja?type=PRODUCT_INFO&q=ex-01%20impacto", LOJA).body())
        .contains("EX-01");
    assertThat(ask("/knowledge/loja?type=STOCK", LOJA).body()).isEqualTo("{\"items\":[]}");
  }

  @Test
  void whatACustomerSaidIsNotInTheCompanysList() throws Exception {
    assertThat(ask("/knowledge/loja", LOJA).body()).contains("EX-01").doesNotContain("manhã");
    assertThat(ask("/knowledge/loja/CUSTOMER_INSIGHT/hours", LOJA).statusCode()).isEqualTo(404);
    assertThat(ask("/knowledge/loja/CUSTOMER_INSIGHT/hours?subject=contact-9", LOJA).body())
        .contains("manhã");
  }

  @Test
  void anAccountsTokenOpensNothingOfAnotherAndHearsWhatItHearsOfNobody() throws Exception {
    var item = ask("/knowledge/clinica/PRODUCT_INFO/EX-01", LOJA);
    var list = ask("/knowledge/clinica", LOJA);
    var nobodysItem = ask("/knowledge/nobody/PRODUCT_INFO/EX-01", LOJA);
    var nobodys = ask("/knowledge/nobody", LOJA);
    var none = ask("/knowledge/loja/PRODUCT_INFO/none", LOJA);

    assertThat(item.statusCode()).isEqualTo(404);
    assertThat(item.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    for (var other : new HttpResponse<?>[] {list, nobodysItem, nobodys, none}) {
      assertThat(other.statusCode()).isEqualTo(404);
      assertThat(other.body()).isEqualTo(item.body());
      assertThat(other.headers().map().keySet()).isEqualTo(item.headers().map().keySet());
    }
  }

  @Test
  void withoutATokenWithACustomersOrWithAWrongOneNothingIsToldEither() throws Exception {
    String wrong = token(LOJA, Role.SERVICE).replaceAll("..$", "AA");

    for (var answer :
        new HttpResponse<?>[] {
          get("/knowledge/loja", null),
          get("/knowledge/loja", wrong),
          get("/knowledge/loja", token(LOJA, Role.END_USER))
        }) {
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).isEqualTo(ask("/knowledge/nobody", LOJA).body());
    }
  }

  @Test
  void aQuestionThatIsWrongIsSaidToBe() throws Exception {
    assertThat(ask("/knowledge/loja?type=product", LOJA).statusCode()).isEqualTo(400);
    assertThat(ask("/knowledge/loja/PRODUCT_INFO/EX-01?as_of=yesterday", LOJA).body())
        .contains("bad_question");
  }

  @Test
  void withoutAnArchiveTheRoutesSayWhyAndStillTellStrangersNothing() throws Exception {
    try (var alone = serve("alone", "--knowledge.mongo-uri=")) {
      var own = get(alone, "/knowledge/loja", token(LOJA, Role.SERVICE));
      var strangers = get(alone, "/knowledge/clinica", token(LOJA, Role.SERVICE));

      assertThat(own.statusCode()).isEqualTo(503);
      assertThat(own.body()).contains("no_archive", "knowledge.mongo-uri is not set");
      assertThat(strangers.statusCode()).isEqualTo(404);
      assertThat(alone.services()).hasSize(1);
    }
  }

  @Test
  void readinessSaysThatItRuns() throws Exception {
    var health = get("/actuator/health/readiness", null);

    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body()).contains("knowledge-stream", "knowledge-archive");
    assertThat(get("/actuator/prometheus", null).body())
        .contains("crew_knowledge_observations_total", "crew_knowledge_archived_total");
  }

  private static Observation price(String account, String price, long seconds) {
    return Observations.price(account, price, seconds);
  }

  /// The service's clock is the machine's, so what is observed must be of today: a price of
  /// yesterday has run out.
  private static Observation today(Observation o) {
    return new Observation(
        o.observationId(),
        o.account(),
        o.type(),
        o.key(),
        o.subject(),
        o.sourceClass(),
        o.source(),
        o.text(),
        o.fields(),
        o.confidence(),
        Instant.now().minusSeconds(60).plus(Duration.between(Observations.NOON, o.observedAt())));
  }

  private static void observe(Observation given) throws Exception {
    Observation observation = today(given);
    String topic = Topics.OBSERVED.name();
    String key = observation.account() + "/" + observation.type() + "/" + observation.key();
    int partitions = host.bean(KafkaClients.class).settings().partitions();
    int partition = Partitions.of(Topics.OBSERVED, key, partitions);
    byte[] value = Topics.OBSERVED.serde().toBytes(observation);
    producer.send(new ProducerRecord<>(topic, partition, key, value)).get(10, TimeUnit.SECONDS);
  }

  private static String token(AccountId account, Role role) {
    return host.bean(Tokens.class)
        .sign(account, role, "test", Instant.now().plus(Duration.ofMinutes(5)));
  }

  private static HttpResponse<String> ask(String path, AccountId account) throws Exception {
    return get(path, token(account, Role.SERVICE));
  }

  private static HttpResponse<String> get(String path, @Nullable String token) throws Exception {
    return get(host, path, token);
  }

  private static HttpResponse<String> get(ServiceHost of, String path, @Nullable String token)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + of.port() + path))
            .timeout(Duration.ofSeconds(10));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
