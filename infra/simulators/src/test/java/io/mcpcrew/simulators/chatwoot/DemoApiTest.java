package io.mcpcrew.simulators.chatwoot;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.simulators.Answer;
import io.mcpcrew.simulators.RunningSimulator;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The way in of the page, of tests and of the customer in a terminal.
class DemoApiTest {
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

  private static JsonNode act(long conversation, String deed, String body) {
    Answer answer = chatwoot.demo("/conversations/%d/%s".formatted(conversation, deed), body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void the_accounts_are_listed_without_their_secrets() {
    Answer answer = simulator.get("/demo/api/accounts");

    assertThat(answer.json()).hasSize(2);
    assertThat(answer.json().get(0).get("slug").asString()).isEqualTo("loja");
    assertThat(answer.text()).doesNotContain("token", "secret", ChatwootClient.USER);
  }

  @Test
  void a_customer_is_known_again_by_phone_number() {
    String contact = "\"contact\": {\"name\": \"Bruno\", \"phone\": \"+5511970000001\"}";
    var first = chatwoot.customerWrites("{\"text\": \"Oi\", " + contact + "}", true);
    var second = chatwoot.customerWrites("{\"text\": \"Oi de novo\", " + contact + "}", true);

    JsonNode one = chatwoot.demoConversation(first.conversation()).get("contact");
    JsonNode other = chatwoot.demoConversation(second.conversation()).get("contact");

    assertThat(first.conversation()).isNotEqualTo(second.conversation());
    assertThat(one.get("id").asLong()).isEqualTo(other.get("id").asLong());
    assertThat(one.get("name").asString()).isEqualTo("Bruno");
  }

  @ParameterizedTest
  @CsvSource({"1,pending", "4,open"})
  void a_new_conversation_waits_for_the_bot_where_there_is_one(int inbox, String status) {
    var written =
        chatwoot.customerWrites("{\"text\": \"Oi\", \"inbox\": %d}".formatted(inbox), true);

    assertThat(chatwoot.demoConversation(written.conversation()).get("status").asString())
        .isEqualTo(status);
  }

  @Test
  void an_agent_takes_over_gives_back_and_resolves() {
    long id = chatwoot.customerWrites("Quero falar com uma pessoa").conversation();

    JsonNode taken = act(id, "take-over", "{}");
    assertThat(taken.get("status").asString()).isEqualTo("open");
    assertThat(taken.get("assignee").asString()).isEqualTo("Marina Duarte");
    act(id, "replies", "{\"text\": \"Sou a Marina\"}");

    JsonNode back = act(id, "give-back", "{}");
    assertThat(back.get("status").asString()).isEqualTo("pending");
    assertThat(back.get("assignee").isNull()).isTrue();

    assertThat(act(id, "resolve", "{}").get("status").asString()).isEqualTo("resolved");
    var again = chatwoot.customerWritesIn(id, "Só mais uma coisa");
    assertThat(again.conversation()).isEqualTo(id);
    assertThat(chatwoot.demoConversation(id).get("status").asString()).isEqualTo("pending");
  }

  @Test
  void the_thread_tells_who_wrote_what() {
    var written = chatwoot.customerWrites("Tem trena?");
    var _ = chatwoot.reply(ChatwootClient.BOT, written.conversation(), "{\"content\": \"Temos\"}");
    act(written.conversation(), "replies", "{\"text\": \"só para nós\", \"private\": true}");

    JsonNode messages =
        simulator
            .get("/demo/api/loja/conversations/%d/messages".formatted(written.conversation()))
            .json()
            .get("messages");

    assertThat(messages)
        .extracting(message -> message.get("kind").asString())
        .containsExactly("customer", "bot", "agent");
    assertThat(messages)
        .extracting(message -> message.get("private").asBoolean())
        .containsExactly(false, false, true);
  }

  @Test
  void an_attachment_can_be_fetched_by_its_link() {
    var written =
        chatwoot.customerWrites(
            """
            {"attachment": {"name": "nota.txt", "mime": "text/plain", "base64": "b2zDoQ=="}}\
            """,
            true);
    JsonNode message = chatwoot.messages(written.conversation(), "").get(0);

    assertThat(message.get("content").isNull()).isTrue();
    String url = message.get("attachments").get(0).get("data_url").asString();
    Answer redirect = simulator.get(java.net.URI.create(url).getRawPath());
    assertThat(redirect.status()).isBetween(301, 308);
    String location = redirect.headers().firstValue("Location").orElseThrow();
    Answer file = simulator.get(java.net.URI.create(location).getRawPath());
    assertThat(file.text()).isEqualTo("olá");
  }

  @Test
  void a_foreign_page_cannot_write_with_a_form() {
    Answer answer =
        simulator.post(
            "/demo/api/loja/messages", "{\"text\": \"x\"}", "Content-Type", "text/plain");

    assertThat(answer.status()).isEqualTo(415);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/demo/api/nobody/messages           | {\"text\": \"x\"}                      | 404",
        "/demo/api/loja/messages             | {}                                     | 422",
        "/demo/api/loja/messages             | {\"text\": \"x\", \"inbox\": 99}       | 404",
        "/demo/api/loja/conversations/9999/resolve | {}                               | 404",
        "/demo/api/loja/messages             | {\"attachment\": {\"base64\": \"?\"}}  | 422",
        "/demo/api/loja/messages             | {                                      | 400",
        "/demo/api/faults                    | {\"duplicate\": 101}                   | 422",
        "/demo/api/faults                    | {\"duplicates\": 50}                   | 422"
      })
  void a_wrong_call_says_what_is_wrong(String path, String body, int status) {
    Answer answer = simulator.post(path, body, "Content-Type", "application/json");

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json().get("error").asString()).isNotBlank();
  }

  @Test
  void a_reply_without_a_platform_has_no_explanation() {
    Answer why = simulator.get("/demo/api/loja/why?conversation=1&message=1");

    assertThat(why.status()).isEqualTo(404);
    assertThat(simulator.get("/demo/api/loja/why?conversation=1").status()).isEqualTo(422);
  }
}
