package io.mcpcrew.simulators.chatwoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.simulators.RunningSimulator;
import io.mcpcrew.simulators.chatwoot.WebhookReceiver.Delivery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// How webhooks are signed, shaped and delivered.
class WebhooksTest {
  private static final String CREATED = "message_created";

  private static WebhookReceiver receiver;
  private static RunningSimulator simulator;
  private static ChatwootClient chatwoot;

  @BeforeAll
  static void start() throws IOException {
    receiver = new WebhookReceiver();
    simulator = ChatwootClient.start(receiver.url(""), Map.of());
    chatwoot = new ChatwootClient(simulator);
  }

  @AfterAll
  static void stop() {
    simulator.close();
    receiver.close();
  }

  @BeforeEach
  void everybodyAnswers() {
    receiver.botAnswers(200);
    receiver.accountAnswers(200);
  }

  private static List<Delivery> arrived(int number, long message, String path) {
    await()
        .atMost(Duration.ofSeconds(8))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> receiver.about(message, path, CREATED).size() >= number);
    return receiver.about(message, path, CREATED);
  }

  private static Delivery first(long message, String path) {
    return arrived(1, message, path).getFirst();
  }

  /// Long enough for another try that must not come.
  private static void quiet() throws InterruptedException {
    Thread.sleep(600);
  }

  /// Calculated here anew, from the documentation.
  private static String signature(String secret, Delivery delivery)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    mac.update(delivery.timestamp().getBytes(StandardCharsets.UTF_8));
    mac.update((byte) '.');
    mac.update(delivery.body().toArray());
    return "sha256=" + HexFormat.of().formatHex(mac.doFinal());
  }

  @Test
  void each_receiver_gets_the_raw_body_signed_with_its_own_secret() throws Exception {
    var written = chatwoot.customerWrites("Vocês têm furadeira? É urgente…");

    Delivery account = first(written.message(), "/account");
    Delivery bot = first(written.message(), "/bot");

    assertThat(account.signature()).isEqualTo(signature(ChatwootClient.WEBHOOK_SECRET, account));
    assertThat(bot.signature()).isEqualTo(signature(ChatwootClient.BOT_SECRET, bot));
    assertThat(Long.parseLong(account.timestamp()))
        .isCloseTo(Instant.now().getEpochSecond(), org.assertj.core.data.Offset.offset(20L));
    assertThat(account.id()).isNotEqualTo(bot.id()).matches("[0-9a-f-]{36}");
  }

  @Test
  void the_type_of_a_message_is_a_word_at_the_root_and_a_number_inside() {
    var written = chatwoot.customerWrites("Bom dia");

    JsonNode body = first(written.message(), "/account").json();

    assertThat(body.get("message_type").asString()).isEqualTo("incoming");
    JsonNode nested = body.get("conversation").get("messages").get(0);
    assertThat(nested.get("message_type").isInt()).isTrue();
    assertThat(nested.get("message_type").asInt()).isZero();
    assertThat(body.get("created_at").asString()).endsWith("Z");
    assertThat(nested.get("created_at").isIntegralNumber()).isTrue();
    assertThat(body.get("sender").has("type")).isFalse();
    assertThat(body.has("attachments")).isFalse();
    assertThat(body.get("conversation").get("id").asLong()).isEqualTo(written.conversation());
  }

  @Test
  void an_account_webhook_is_delivered_once_even_if_it_fails() throws Exception {
    receiver.accountAnswers(500);

    var written = chatwoot.customerWrites("Alguém aí?");

    arrived(1, written.message(), "/account");
    quiet();
    assertThat(receiver.about(written.message(), "/account", CREATED)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500})
  void a_bot_that_asks_for_it_is_tried_three_times(int status) throws Exception {
    receiver.botAnswers(status);

    var written = chatwoot.customerWrites("Olá");

    List<Delivery> tries = arrived(3, written.message(), "/bot");
    quiet();
    assertThat(receiver.about(written.message(), "/bot", CREATED)).hasSize(3);
    assertThat(tries).extracting(Delivery::id).containsOnly(tries.getFirst().id());
    assertThat(tries.getLast().nanos() - tries.getFirst().nanos()).isGreaterThan(250_000_000L);
    assertThat(tries.getLast().signature())
        .isEqualTo(signature(ChatwootClient.BOT_SECRET, tries.getLast()));
  }

  @ParameterizedTest
  @ValueSource(ints = {503, 404})
  void a_bot_that_fails_otherwise_is_not_tried_again_and_people_take_over(int status)
      throws Exception {
    receiver.botAnswers(status);

    var written = chatwoot.customerWrites("Olá");

    await()
        .atMost(Duration.ofSeconds(8))
        .until(() ->
            chatwoot
                .demoConversation(written.conversation())
                .get("status")
                .asString()
                .equals("open"));
    quiet();
    assertThat(receiver.about(written.message(), "/bot", CREATED)).hasSize(1);
    assertThat(chatwoot.messages(written.conversation(), ""))
        .extracting(message -> message.get("message_type").asInt())
        .contains(2);
  }

  @Test
  void a_private_note_is_delivered_like_any_message() {
    var written = chatwoot.customerWrites("Quero desconto");
    long note =
        chatwoot
            .reply(
                ChatwootClient.USER,
                written.conversation(),
                "{\"content\": \"Cliente antigo\", \"private\": true}")
            .json()
            .get("id")
            .asLong();

    JsonNode body = first(note, "/bot").json();

    assertThat(body.get("private").asBoolean()).isTrue();
    assertThat(body.get("message_type").asString()).isEqualTo("outgoing");
    assertThat(body.get("conversation").get("messages").get(0).get("id").asLong())
        .isEqualTo(written.message());
    assertThat(chatwoot.messages(written.conversation(), "?filter_internal_messages=true"))
        .extracting(message -> message.get("id").asLong())
        .containsExactly(written.message());
  }

  @Test
  void events_of_a_conversation_do_not_name_the_account_and_activities_are_not_sent()
      throws Exception {
    var written = chatwoot.customerWrites("Pode fechar");
    var _ = chatwoot.demo("/conversations/%d/resolve".formatted(written.conversation()), "{}");

    await()
        .atMost(Duration.ofSeconds(8))
        .until(() ->
            receiver.all().stream()
                .anyMatch(call ->
                    call.event().equals("conversation_status_changed")
                        && call.json().get("id").asLong() == written.conversation()));
    quiet();
    for (Delivery call : receiver.all()) {
      JsonNode body = call.json();
      if (call.event().startsWith("conversation_")) {
        assertThat(body.has("account")).as(call.event()).isFalse();
      } else if (call.event().startsWith("message_")) {
        assertThat(body.get("message_type").asString()).isIn("incoming", "outgoing", "template");
      }
    }
    assertThat(receiver.all())
        .filteredOn(call -> call.path().equals("/bot"))
        .extracting(Delivery::event)
        .contains("conversation_resolved")
        .doesNotContain("conversation_status_changed", "conversation_updated");
  }

  @Test
  void a_duplicated_webhook_is_a_job_of_its_own_and_a_dropped_one_never_comes() throws Exception {
    try {
      faults("{\"duplicate\": 100, \"seed\": 1}");
      var twice = chatwoot.customerWrites("Em dobro");
      assertThat(arrived(2, twice.message(), "/account"))
          .extracting(Delivery::id)
          .doesNotHaveDuplicates();

      faults("{\"dropAccountWebhooks\": 100, \"seed\": 1}");
      var dropped = chatwoot.customerWrites("Some no caminho");
      arrived(1, dropped.message(), "/bot");
      quiet();
      assertThat(receiver.about(dropped.message(), "/account", CREATED)).isEmpty();
    } finally {
      faults("{}");
    }
  }

  private static void faults(String plan) {
    var answer = simulator.post("/demo/api/faults", plan, "Content-Type", "application/json");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }
}
