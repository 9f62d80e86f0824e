package io.mcpcrew.simulators.chatwoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.simulators.Answer;
import io.mcpcrew.simulators.RunningSimulator;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Messages with items, and what becomes of them when a customer presses one.
class ChoicesTest {
  private static final String TWO =
      """
      {"content": "Qual?", "content_type": "input_select", "content_attributes":
        {"crew_reply_key": "k", "items": [{"title": "Trena 5 m", "value": "t5"},
                                          {"title": "Trena 8 m", "value": "t8"}]}}
      """;

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

  private static long offered(long conversation) {
    Answer posted = chatwoot.reply(ChatwootClient.BOT, conversation, TWO);
    assertThat(posted.status()).as(posted.text()).isEqualTo(200);
    return posted.json().get("id").asLong();
  }

  private static Answer press(long conversation, long message, String value) {
    return chatwoot.demo(
        "/conversations/%d/choices".formatted(conversation),
        "{\"message\": %d, \"value\": \"%s\"}".formatted(message, value));
  }

  @Test
  void in_the_widget_the_message_carries_the_answer_and_its_update_is_told() {
    long conversation =
        chatwoot.customerWrites("{\"text\": \"Oi\", \"inbox\": 5}", true).conversation();
    long message = offered(conversation);
    int before = chatwoot.messages(conversation, "").size();

    assertThat(press(conversation, message, "t8").status()).isEqualTo(200);

    await()
        .atMost(Duration.ofSeconds(8))
        .until(() -> !receiver.about(message, "/bot", "message_updated").isEmpty());
    JsonNode told = receiver.about(message, "/bot", "message_updated").getFirst().json();
    assertThat(told.get("message_type").asString()).isEqualTo("outgoing");
    assertThat(told.get("content").asString()).isEqualTo("Qual?");
    assertThat(told.at("/content_attributes/submitted_values").toString())
        .isEqualTo("[{\"title\":\"Trena 8 m\",\"value\":\"t8\"}]");
    assertThat(told.at("/content_attributes/crew_reply_key").asString()).isEqualTo("k");
    assertThat(chatwoot.messages(conversation, "")).hasSize(before);
    assertThat(press(conversation, message, "t5").status()).as("answered once").isEqualTo(422);
  }

  @Test
  void elsewhere_a_choice_is_a_message_with_its_title() {
    long conversation = chatwoot.customerWrites("Oi").conversation();
    long message = offered(conversation);

    JsonNode sent = press(conversation, message, "t5").json();

    JsonNode last = chatwoot.messages(conversation, "?after=" + message).get(0);
    assertThat(last.get("id").asLong()).isEqualTo(sent.get("message").asLong());
    assertThat(last.get("content").asString()).isEqualTo("Trena 5 m");
    assertThat(last.get("message_type").asInt()).isZero();
  }

  @Test
  void what_is_not_offered_cannot_be_pressed() {
    long conversation = chatwoot.customerWrites("Oi").conversation();
    long message = offered(conversation);

    assertThat(press(conversation, message, "t9").status()).isEqualTo(422);
    assertThat(press(conversation, message + 1000, "t5").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"items\": []}",
        "{\"items\": [{\"title\": \"a\"}]}",
        "{\"items\": [{\"title\": \"a\", \"value\": \"a\", \"colour\": \"red\"}]}",
        "{\"items\": [{\"title\": \"\", \"value\": \"a\"}]}",
        "{\"items\": [\"a\"]}"
      })
  void items_that_chatwoot_would_refuse_are_refused(String attributes) {
    long conversation = chatwoot.customerWrites("Oi").conversation();

    Answer refused =
        chatwoot.reply(
            ChatwootClient.BOT,
            conversation,
            "{\"content\": \"Qual?\", \"content_type\": \"input_select\", \"content_attributes\": %s}"
                .formatted(attributes));

    assertThat(refused.status()).isEqualTo(422);
  }
}
