package io.mcpcrew.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.parts.PartsSettings;
import io.mcpcrew.parts.Progress;
import io.mcpcrew.parts.RealParts;
import io.mcpcrew.runtime.host.ServiceHost;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.kafka.TopicWriter;
import io.mcpcrew.runtime.tokens.Role;
import io.mcpcrew.runtime.tokens.Tokens;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.Delivery;
import io.mcpcrew.schemas.contract.DeliveryStatus;
import io.mcpcrew.schemas.contract.EventKind;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.Work;
import io.mcpcrew.schemas.topics.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The edge over HTTP, with a real broker behind it.
@Timeout(60)
class IngestIT {
  private static final AccountId LOJA = new AccountId("loja");
  private static final AccountId CLINICA = new AccountId("clinica");
  private static final int PARTITIONS = 2;
  private static final String MESSAGE =
      """
      {"event":"message_created","id":%d,"content":"Olá","message_type":"incoming",
       "conversation":{"id":7,"status":"pending"}}
      """;

  private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();

  private static RealParts parts;
  private static ServiceHost host;
  private static HttpClient http;
  private static KafkaConsumer<String, byte[]> consumer;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    parts =
        RealParts.start(
            PartsSettings.forTests(folder.resolve("parts")).withRedis(false), Progress.silent());
    OPEN.push(parts);
    Path accounts = Files.createDirectory(folder.resolve("accounts"));
    for (String account : List.of("loja", "clinica")) {
      for (String sender : List.of("account", "bot")) {
        Files.writeString(folder.resolve(account + "." + sender), account + "-" + sender);
      }
      Files.writeString(
          accounts.resolve(account + ".json"),
          document(
              account,
              """
              {"binding":"chatwoot","url":"http://127.0.0.1:1","account":1,
               "bot_token":"env:X","user_token":"env:X","webhook_secret":"file:%s",
               "bot_secret":"file:%s"}
              """
                  .formatted(
                      folder.resolve(account + ".account"), folder.resolve(account + ".bot"))));
    }
    Files.writeString(accounts.resolve("sem.json"), document("sem", "null"));
    host =
        ServiceHost.start(
            Map.of(),
            new String[] {
              "--server.port=0",
              "--platform.kafka.bootstrap-servers=" + parts.kafkaBootstrapServers(),
              "--platform.kafka.partitions=" + PARTITIONS,
              "--platform.tokens.keys=" + folder.resolve("keys"),
              "--platform.tokens.create-missing=true",
              "--ingest.accounts=" + accounts,
              "--ingest.timeline.mongo-uri=" + parts.mongoUri()
            },
            IngestConfiguration.class);
    OPEN.push(host);
    http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    OPEN.push(http::shutdownNow);
    consumer = host.bean(KafkaClients.class).looseConsumer("test");
    OPEN.push(consumer);
    consumer.assign(partitions());
    // Both accounts' keys exist: a token is refused for being another's, not for want of a key.
    token(LOJA);
    token(CLINICA);
    await().atMost(Duration.ofSeconds(30)).until(() -> host.isReady());
  }

  private static String document(String account, String chatwoot) {
    return """
    {"name":"%s","language":"pt","timezone":"America/Sao_Paulo","autonomy":"ANSWER",
     "answer_within":"PT6H","chatwoot":%s,"odoo":null,
     "gathering":{"gap":"PT0.1S","longest":"PT1S","most":5},"intents":[],"answers":[]}
    """
        .formatted(account, chatwoot);
  }

  @AfterAll
  static void stop() throws Exception {
    while (!OPEN.isEmpty()) {
      OPEN.pop().close();
    }
  }

  @Test
  void a_signed_message_is_in_the_log_before_it_is_accepted() throws Exception {
    long before = end();

    var answer = send("loja", "account", MESSAGE.formatted(1), "loja-account");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).contains("chatwoot/loja/message_created/1");
    assertThat(end()).isEqualTo(before + 1);
    ConversationEvent event = read("loja/chatwoot-7", "chatwoot/loja/message_created/1").getFirst();
    assertThat(event.conversation()).hasToString("loja/chatwoot-7");
    assertThat(event.deliveredBy()).isEqualTo("account_webhook");
  }

  @Test
  void the_bots_webhook_has_a_secret_of_its_own() throws Exception {
    assertThat(send("loja", "bot", MESSAGE.formatted(2), "loja-bot").statusCode()).isEqualTo(202);
    assertThat(send("loja", "bot", MESSAGE.formatted(2), "loja-account").statusCode())
        .isEqualTo(401);
    assertThat(send("loja", "account", MESSAGE.formatted(2), "loja-bot").statusCode())
        .isEqualTo(401);
  }

  @Test
  void whoever_is_not_admitted_hears_the_same_and_changes_nothing() throws Exception {
    String body = MESSAGE.formatted(3);
    long before = end();
    List<HttpResponse<String>> answers = new ArrayList<>();

    answers.add(send("loja", "account", body, "wrong"));
    answers.add(send("clinica", "account", body, "loja-account"));
    answers.add(send("sem", "account", body, "loja-account"));
    answers.add(send("nobody", "account", body, "loja-account"));
    answers.add(send("LOJA", "account", body, "loja-account"));
    answers.add(post("loja", "account", body, null, null));
    String time = Long.toString(Instant.now().getEpochSecond());
    answers.add(post("loja", "account", body, time, "sha256=" + "0".repeat(64)));
    answers.add(post("loja", "account", body + " ", time, signature("loja-account", time, body)));
    String old = Long.toString(Instant.now().minus(Duration.ofMinutes(6)).getEpochSecond());
    answers.add(post("loja", "account", body, old, signature("loja-account", old, body)));
    // What it would be refused for otherwise is not told to who is not admitted.
    answers.add(send("loja", "account", "no json", "wrong"));

    assertThat(answers)
        .allSatisfy(answer -> {
          assertThat(answer.statusCode()).isEqualTo(401);
          assertThat(answer.body()).isEqualTo(answers.getFirst().body());
          assertThat(answer.headers().map().keySet())
              .isEqualTo(answers.getFirst().headers().map().keySet());
        });
    assertThat(answers.getFirst().headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(end()).isEqualTo(before);
  }

  @Test
  void what_is_no_json_or_no_event_is_a_bad_request_and_changes_nothing() throws Exception {
    long before = end();
    String deep = "{\"event\":\"x\",\"a\":" + "[".repeat(500) + "]".repeat(500) + "}";

    for (String body : List.of("{\"event\":", "not json", "", "[]", "{\"id\":3}", deep)) {
      var answer = send("loja", "account", body, "loja-account");
      assertThat(answer.statusCode()).as(body).isEqualTo(400);
    }
    assertThat(send("loja", "account", "{\"event\":", "loja-account").body()).contains("not_json");
    assertThat(end()).isEqualTo(before);
  }

  @Test
  void a_body_of_ten_megabytes_is_refused_before_it_is_sent() throws Exception {
    long before = end();
    long began = System.nanoTime();

    String answer = raw("Content-Length: 10485760\r\n\r\n{");

    assertThat(answer).startsWith("HTTP/1.1 413");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    assertThat(end()).isEqualTo(before);
  }

  @Test
  void a_body_that_does_not_say_how_long_it_is_is_read_no_further_than_allowed() throws Exception {
    long before = end();
    String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";

    // One megabyte and a little more, and no end in sight.
    String answer = raw("Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(17));

    assertThat(answer).startsWith("HTTP/1.1 413");
    assertThat(end()).isEqualTo(before);
  }

  @Test
  void a_body_just_as_long_as_allowed_is_read_and_one_byte_more_is_not() throws Exception {
    String json = "{\"event\":\"padded\"}";
    String longest = json + " ".repeat(1024 * 1024 - json.length());

    assertThat(send("loja", "account", longest, "loja-account").statusCode()).isEqualTo(202);
    assertThat(send("loja", "account", longest + " ", "loja-account").statusCode()).isEqualTo(413);
  }

  @Test
  void an_event_that_the_log_cannot_hold_is_too_large_and_changes_nothing() throws Exception {
    long before = end();
    String large = MESSAGE.formatted(4).replace("Olá", "a".repeat(700_000));

    var answer = send("loja", "account", large, "loja-account");

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(end()).isEqualTo(before);
  }

  @Test
  void an_event_that_nobody_knows_is_kept_under_the_account() throws Exception {
    var answer = send("loja", "account", "{\"event\":\"brand_new\",\"id\":1}", "loja-account");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(read("loja/account", "chatwoot/loja/brand_new/"))
        .extracting(ConversationEvent::kind)
        .containsExactly(EventKind.OTHER);
  }

  @Test
  void a_webhook_is_only_posted_and_only_by_senders_that_there_are() throws Exception {
    for (String path : List.of("/webhooks/chatwoot/loja/account", "/webhooks/chatwoot/loja")) {
      assertThat(ask(path, null).statusCode()).isIn(404, 405);
    }
    assertThat(send("loja", "else", MESSAGE.formatted(5), "loja-account").statusCode())
        .isEqualTo(404);
  }

  @Test
  void while_kafka_is_away_each_sender_is_told_what_makes_it_come_again() throws Exception {
    assertThat(send("clinica", "account", MESSAGE.formatted(6), "clinica-account").statusCode())
        .isEqualTo(202);
    long before = end();
    parts.kafka().stop();
    try {
      long began = System.nanoTime();
      var account = send("clinica", "account", MESSAGE.formatted(7), "clinica-account");
      var bot = send("clinica", "bot", MESSAGE.formatted(7), "clinica-bot");

      assertThat(account.statusCode()).isEqualTo(503);
      assertThat(account.headers().firstValue("Retry-After")).isPresent();
      assertThat(bot.statusCode()).isEqualTo(500);
      // A second each is allowed; Chatwoot waits for five.
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
      assertThat(send("clinica", "account", MESSAGE.formatted(7), "wrong").statusCode())
          .isEqualTo(401);
    } finally {
      parts.kafka().startAgain();
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> {
          var answer = send("clinica", "account", MESSAGE.formatted(8), "clinica-account");
          return answer.statusCode() == 202;
        });
    assertThat(end()).isGreaterThan(before);
    assertThat(read("clinica/chatwoot-7", "chatwoot/clinica/message_created/7")).isEmpty();
    assertThat(read("clinica/chatwoot-7", "chatwoot/clinica/message_created/8")).isNotEmpty();
  }

  @Test
  void what_the_edge_makes_of_a_webhook_is_explained_to_its_account_only() throws Exception {
    long before = end();
    var own = explain("loja", token(LOJA));

    assertThat(own.statusCode()).isEqualTo(200);
    assertThat(own.body()).contains("loja/chatwoot-7", "CUSTOMER", "MESSAGE").doesNotContain("Olá");

    var foreign = explain("clinica", token(LOJA));
    assertThat(foreign.statusCode()).isEqualTo(404);
    for (var other :
        List.of(
            explain("nobody", token(LOJA)), explain("loja", null), explain("loja", "no.token"))) {
      assertThat(other.statusCode()).isEqualTo(404);
      assertThat(other.body()).isEqualTo(foreign.body());
    }
    assertThat(end()).isEqualTo(before);
  }

  private static Concluded concluded(TurnId turn) {
    return new Concluded(
        turn, 1, OutcomeKind.REPLY, List.of(), null, "answered by playbook", List.of());
  }

  @Test
  void why_a_message_was_written_is_told_to_its_account_only() throws Exception {
    TurnId turn = TurnId.parse("loja/chatwoot-70#1");
    KafkaClients clients = host.bean(KafkaClients.class);
    try (var work = new TopicWriter<>(clients, Topics.WORK, "test");
        var deliveries = new TopicWriter<>(clients, Topics.DELIVERIES, "test")) {
      String key = turn.conversation().toString();
      work.write(key, "1", new Work("w-1", Instant.now(), concluded(turn)))
          .get(10, TimeUnit.SECONDS);
      deliveries
          .write(
              key,
              "2",
              new Delivery(
                  turn, turn.toString(), DeliveryStatus.POSTED, 55L, "", Instant.now(), null))
          .get(10, TimeUnit.SECONDS);
    }

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ask("/why/loja/chatwoot-70/55", token(LOJA)).statusCode() == 200);
    assertThat(ask("/why/loja/chatwoot-70/55", token(LOJA)).body())
        .contains("reply: answered by playbook", "posted as message 55", "loja/chatwoot-70#1");
    assertThat(ask("/why/loja/chatwoot-70", token(LOJA)).body()).contains("answered by playbook");

    var unknown = ask("/why/loja/chatwoot-70/56", token(LOJA));
    assertThat(unknown.statusCode()).isEqualTo(404);
    for (var other :
        List.of(
            ask("/why/loja/chatwoot-70/55", token(CLINICA)),
            ask("/why/loja/chatwoot-70", token(CLINICA)),
            ask("/why/nobody/chatwoot-70/55", token(CLINICA)),
            ask("/why/clinica/chatwoot-70/55", token(CLINICA)),
            ask("/why/loja/chatwoot-70/55", null),
            ask("/why/loja/chatwoot-70/x", token(LOJA)))) {
      assertThat(other.statusCode()).isEqualTo(404);
      assertThat(other.body()).isEqualTo(unknown.body());
    }
    assertThat(ask("/why/clinica/chatwoot-70", token(CLINICA)).body()).doesNotContain("attempt");
  }

  private static HttpResponse<String> send(
      String account, String sender, String body, String secret) throws Exception {
    String time = Long.toString(Instant.now().getEpochSecond());
    return post(account, sender, body, time, signature(secret, time, body));
  }

  private static HttpResponse<String> post(
      String account, String sender, String body, @Nullable String time, @Nullable String signature)
      throws Exception {
    var request =
        request("/webhooks/chatwoot/" + account + "/" + sender)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (time != null) {
      request.header("X-Chatwoot-Timestamp", time);
    }
    if (signature != null) {
      request.header("X-Chatwoot-Signature", signature);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> explain(String account, @Nullable String token)
      throws Exception {
    var request =
        request("/explain/chatwoot/" + account + "/account")
            .POST(HttpRequest.BodyPublishers.ofString(MESSAGE.formatted(9)));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> ask(String path, @Nullable String token) throws Exception {
    var request = request(path).GET();
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + path))
        .timeout(Duration.ofSeconds(15));
  }

  /// The first line of the answer to a request of which only this much is sent.
  private static String raw(String rest) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
      socket.setSoTimeout(10_000);
      String head =
          String.join(
              "\r\n",
              "POST /webhooks/chatwoot/loja/account HTTP/1.1",
              "Host: 127.0.0.1",
              "Content-Type: application/json",
              rest);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      byte[] first = socket.getInputStream().readNBytes(12);
      return new String(first, StandardCharsets.US_ASCII);
    }
  }

  private static String signature(String secret, String time, String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] signed = mac.doFinal((time + "." + body).getBytes(StandardCharsets.UTF_8));
    return "sha256=" + HexFormat.of().formatHex(signed);
  }

  private static String token(AccountId account) {
    return host.bean(Tokens.class)
        .sign(account, Role.SERVICE, "test", Instant.now().plus(Duration.ofMinutes(5)));
  }

  private static List<TopicPartition> partitions() {
    List<TopicPartition> all = new ArrayList<>();
    for (int i = 0; i < PARTITIONS; i++) {
      all.add(new TopicPartition(Topics.MESSAGES.name(), i));
    }
    return all;
  }

  /// How many messages the log has.
  private static long end() {
    return consumer.endOffsets(partitions()).values().stream().mapToLong(Long::longValue).sum();
  }

  private static List<ConversationEvent> read(String key, String id) {
    List<ConversationEvent> found = new ArrayList<>();
    consumer.seekToBeginning(partitions());
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions());
    while (partitions().stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
      for (ConsumerRecord<String, byte[]> entry : consumer.poll(Duration.ofMillis(100))) {
        ConversationEvent event = Topics.MESSAGES.serde().fromBytes(entry.value(), null);
        if (entry.key().equals(key) && event.eventId().startsWith(id)) {
          found.add(event);
        }
      }
    }
    return found;
  }
}
