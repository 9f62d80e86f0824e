package io.mcpcrew.simulators.chatwoot;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.simulators.RunningSimulator;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// What a channel takes so long after the customer's last message.
class MessagingWindowTest {
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

  private static void age(long conversation, int hours) {
    var aged =
        chatwoot.demo(
            "/conversations/%d/age".formatted(conversation), "{\"hours\": %d}".formatted(hours));
    assertThat(aged.status()).as(aged.text()).isEqualTo(200);
  }

  private static boolean canReply(long conversation) {
    return chatwoot
        .get(ChatwootClient.BOT, "/conversations/" + conversation)
        .json()
        .get("can_reply")
        .asBoolean();
  }

  private static JsonNode written(long conversation, String body) {
    long id = chatwoot.reply(ChatwootClient.BOT, conversation, body).json().get("id").asLong();
    return chatwoot.messages(conversation, "?after=" + (id - 1)).get(0);
  }

  @Test
  void whatsapp_takes_free_text_for_24_hours_and_then_templates_and_notes() {
    long conversation = chatwoot.customerWrites("Oi").conversation();
    assertThat(canReply(conversation)).isTrue();
    age(conversation, 23);
    assertThat(canReply(conversation)).isTrue();
    age(conversation, 1);

    assertThat(canReply(conversation)).isFalse();
    JsonNode late = written(conversation, "{\"content\": \"Ainda aí?\"}");
    assertThat(late.get("status").asString()).isEqualTo("failed");
    assertThat(late.at("/content_attributes/external_error").asString()).contains("131047");
    assertThat(
            written(
                    conversation,
                    "{\"content\": \"Olá!\", \"template_params\": {\"name\": \"retomar\"}}")
                .get("status")
                .asString())
        .isEqualTo("sent");
    assertThat(
            written(conversation, "{\"content\": \"nota\", \"private\": true}")
                .get("status")
                .asString())
        .isEqualTo("sent");

    chatwoot.customerWritesIn(conversation, "Oi de novo");
    assertThat(canReply(conversation)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "Channel::Whatsapp,     false",
    "Channel::FacebookPage, false",
    "Channel::WebWidget,    true",
    "Channel::Email,        true",
    "Channel::Api,          true"
  })
  void not_every_channel_closes(String channel, boolean open) {
    Instant now = Instant.parse("2026-11-20T15:00:00Z");

    assertThat(MessagingWindow.isOpen(channel, now.minusSeconds(24 * 3600), now)).isEqualTo(open);
    assertThat(MessagingWindow.isOpen(channel, null, now)).isEqualTo(open);
    assertThat(MessagingWindow.isOpen(channel, now.minusSeconds(24 * 3600 - 1), now)).isTrue();
  }
}
