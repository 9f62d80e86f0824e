package io.mcpcrew.simulators.chatwoot;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.simulators.Answer;
import io.mcpcrew.simulators.RunningSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The application API: who may do what, and what it refuses.
class ChatwootApiTest {
  private static WebhookReceiver receiver;
  private static RunningSimulator simulator;
  private static ChatwootClient chatwoot;

  @BeforeAll
  static void start() throws IOException {
    receiver = new WebhookReceiver();
    simulator =
        ChatwootClient.start(
            receiver.url(""), Map.of("simulator.chatwoot.limits.contact-search-per-minute", 4));
    chatwoot = new ChatwootClient(simulator);
  }

  @AfterAll
  static void stop() {
    simulator.close();
    receiver.close();
  }

  private static String error(Answer answer) {
    return answer.json().get("error").asString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/conversations",
        "/conversations/1/messages",
        "/contacts/search?q=a",
        "/inboxes",
        "/agents",
        "/teams",
        "/webhooks"
      })
  void a_bot_may_not_read(String path) {
    var _ = chatwoot.customerWrites("Para haver uma conversa");

    Answer answer = chatwoot.get(ChatwootClient.BOT, path);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(error(answer)).contains("not authorized for bots");
    if (!path.startsWith("/contacts")) {
      assertThat(chatwoot.get(ChatwootClient.USER, path).status()).isEqualTo(200);
    }
  }

  @Test
  void a_bot_may_answer_hand_over_label_and_assign() {
    long id = chatwoot.customerWrites("Quero falar com alguém").conversation();
    String one = "/conversations/" + id;

    Answer reply = chatwoot.reply(ChatwootClient.BOT, id, "{\"content\": \"Já chamo\"}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().get("message_type").asInt()).isEqualTo(1);
    assertThat(reply.json().get("sender").get("name").asString()).isEqualTo("Atendente virtual");
    assertThat(
            chatwoot
                .post(ChatwootClient.BOT, one + "/labels", "{\"labels\": [\"orcamento\"]}")
                .status())
        .isEqualTo(200);
    assertThat(
            chatwoot
                .post(ChatwootClient.BOT, one + "/assignments", "{\"assignee_id\": 1}")
                .status())
        .isEqualTo(200);
    Answer opened =
        chatwoot.post(ChatwootClient.BOT, one + "/toggle_status", "{\"status\": \"open\"}");

    assertThat(opened.json().get("payload").get("current_status").asString()).isEqualTo("open");
    JsonNode shown = chatwoot.get(ChatwootClient.BOT, one).json();
    assertThat(shown.get("meta").get("assignee").get("name").asString()).isEqualTo("Marina Duarte");
    assertThat(shown.get("labels").get(0).asString()).isEqualTo("orcamento");
  }

  @Test
  void a_token_opens_its_own_account_only() {
    Answer stranger = chatwoot.get(ChatwootClient.OTHER_USER, "/conversations");
    assertThat(stranger.status()).isEqualTo(401);
    assertThat(error(stranger)).isEqualTo("You are not authorized to access this account");

    Answer invalid = chatwoot.get("nonsense", "/conversations");
    assertThat(invalid.status()).isEqualTo(401);
    assertThat(error(invalid)).isEqualTo("Invalid Access Token");

    assertThat(simulator.get("/api/v1/accounts/1/conversations").status()).isEqualTo(401);
  }

  @Test
  void the_users_messages_are_numbered_by_type_and_keep_unknown_attributes() {
    var written = chatwoot.customerWrites("Oi");
    Answer created =
        chatwoot.reply(
            ChatwootClient.USER,
            written.conversation(),
            """
            {"content": "Olá", "echo_id": "e-1",
             "content_attributes": {"agent_reply_key": "loja:1:1:0"}}\
            """);
    assertThat(created.json().get("echo_id").asString()).isEqualTo("e-1");

    JsonNode newer = chatwoot.messages(written.conversation(), "?after=" + written.message());

    assertThat(newer).hasSize(1);
    JsonNode reply = newer.get(0);
    assertThat(reply.get("message_type").asInt()).isEqualTo(1);
    assertThat(reply.get("created_at").isIntegralNumber()).isTrue();
    assertThat(reply.get("content_attributes").get("agent_reply_key").asString())
        .isEqualTo("loja:1:1:0");
    assertThat(reply.has("echo_id")).isFalse();
  }

  @Test
  void liquid_in_a_reply_is_rendered() {
    var written =
        chatwoot.customerWrites(
            "{\"text\": \"Oi\", \"contact\": {\"name\": \"Ana Carvalho\"}}", true);

    JsonNode reply =
        chatwoot
            .reply(
                ChatwootClient.USER,
                written.conversation(),
                "{\"content\": \"Olá {{contact.first_name}}, {% raw %}{{x}}{% endraw %}\"}")
            .json();

    assertThat(reply.get("content").asString()).isEqualTo("Olá Ana, {{x}}");
  }

  @Test
  void only_an_api_inbox_takes_incoming_messages_over_the_api() {
    long whatsapp = chatwoot.customerWrites("Oi").conversation();
    long api = chatwoot.customerWrites("{\"text\": \"Oi\", \"inbox\": 2}", true).conversation();
    String body = "{\"content\": \"do cliente\", \"message_type\": \"incoming\"}";

    assertThat(chatwoot.reply(ChatwootClient.USER, whatsapp, body).status()).isEqualTo(422);
    Answer taken = chatwoot.reply(ChatwootClient.USER, api, body);
    assertThat(taken.json().get("message_type").asInt()).isZero();
  }

  @Test
  void what_is_not_there_is_not_found_and_what_is_no_json_is_refused() {
    assertThat(chatwoot.get(ChatwootClient.USER, "/conversations/987654").status()).isEqualTo(404);
    assertThat(chatwoot.reply(ChatwootClient.USER, 987654, "{\"content\": \"x\"}").status())
        .isEqualTo(404);
    long id = chatwoot.customerWrites("Oi").conversation();
    assertThat(chatwoot.reply(ChatwootClient.USER, id, "{\"content\"").status()).isEqualTo(400);
  }

  @Test
  void too_many_messages_in_one_conversation_are_refused() {
    var written = chatwoot.customerWrites("1");
    List<Integer> statuses = new ArrayList<>();
    for (int i = 1; i <= ChatwootClient.FLOOD; i++) {
      statuses.add(
          chatwoot
              .reply(ChatwootClient.BOT, written.conversation(), "{\"content\": \"eco\"}")
              .status());
    }

    Answer refused =
        chatwoot.reply(ChatwootClient.BOT, written.conversation(), "{\"content\": \"eco\"}");

    assertThat(statuses.subList(0, ChatwootClient.FLOOD - 1)).containsOnly(200);
    assertThat(statuses.getLast()).isEqualTo(422);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(error(refused)).contains("Too many messages");
    long other = chatwoot.customerWrites("outra conversa").conversation();
    assertThat(chatwoot.reply(ChatwootClient.BOT, other, "{\"content\": \"oi\"}").status())
        .isEqualTo(200);
  }

  @Test
  void too_many_searches_for_contacts_are_answered_with_a_plain_429() {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < 9; i++) { // more than twice the limit: a new minute may begin in between
      answers.add(chatwoot.get(ChatwootClient.USER, "/contacts/search?q=ana"));
    }

    Answer limited =
        answers.stream().filter(answer -> answer.status() == 429).findFirst().orElseThrow();

    assertThat(answers.getFirst().status()).isEqualTo(200);
    assertThat(limited.contentType()).startsWith("text/plain");
    assertThat(limited.headers().firstValue("Retry-After")).isEmpty();
  }

  @Test
  void a_planned_error_may_come_after_the_message_was_stored() {
    var written = chatwoot.customerWrites("Oi");
    var plan =
        simulator.post(
            "/demo/api/faults",
            "{\"apiStatus\": {\"status\": 500, \"calls\": 1, \"afterWrite\": true}}",
            "Content-Type",
            "application/json");
    assertThat(plan.status()).as(plan.text()).isEqualTo(200);

    Answer failed =
        chatwoot.reply(ChatwootClient.BOT, written.conversation(), "{\"content\": \"uma vez\"}");

    assertThat(failed.status()).isEqualTo(500);
    assertThat(chatwoot.messages(written.conversation(), "?after=" + written.message()))
        .extracting(message -> message.get("content").asString())
        .containsExactly("uma vez");
    assertThat(
            chatwoot
                .reply(ChatwootClient.BOT, written.conversation(), "{\"content\": \"de novo\"}")
                .status())
        .isEqualTo(200);
  }

  @Test
  void a_deleted_message_leaves_its_place() {
    var written = chatwoot.customerWrites("Oi");
    long reply =
        chatwoot
            .reply(ChatwootClient.USER, written.conversation(), "{\"content\": \"segredo\"}")
            .json()
            .get("id")
            .asLong();

    Answer deleted =
        simulator.delete(
            "/api/v1/accounts/1/conversations/%d/messages/%d"
                .formatted(written.conversation(), reply),
            "api_access_token",
            ChatwootClient.USER);

    assertThat(deleted.status()).isEqualTo(200);
    JsonNode kept = chatwoot.messages(written.conversation(), "").get(1);
    assertThat(kept.get("id").asLong()).isEqualTo(reply);
    assertThat(kept.get("content_attributes").get("deleted").asBoolean()).isTrue();
    assertThat(kept.toString()).doesNotContain("segredo");
  }

  @Test
  void a_contact_that_is_merged_leaves_its_conversations_to_the_other_for_good(@TempDir Path folder)
      throws IOException {
    Map<String, Object> more = Map.of("simulator.chatwoot.data-dir", folder.toString());
    long base;
    long conversation;
    try (var first = ChatwootClient.start(receiver.url(""), more)) {
      var client = new ChatwootClient(first);
      conversation = client.customerWrites("Sou eu, de outro número").conversation();
      long gone = contactOf(client, conversation);
      base =
          client
              .post(ChatwootClient.USER, "/contacts", "{\"name\": \"Helena\"}")
              .json()
              .at("/payload/contact/id")
              .asLong();
      String body = "{\"base_contact_id\": %d, \"mergee_contact_id\": %d}".formatted(base, gone);
      String merge = "/actions/contact_merge";

      assertThat(client.post(ChatwootClient.BOT, merge, body).status()).isEqualTo(401);
      assertThat(client.post(ChatwootClient.USER, merge, body).status()).isEqualTo(200);
      assertThat(client.post(ChatwootClient.USER, merge, body).status()).isEqualTo(404);
      assertThat(client.get(ChatwootClient.USER, "/contacts/" + gone).status()).isEqualTo(404);
    }

    try (var restarted = ChatwootClient.start(receiver.url(""), more)) {
      var client = new ChatwootClient(restarted);
      String conversations = "/contacts/" + base + "/conversations";
      assertThat(contactOf(client, conversation)).isEqualTo(base);
      assertThat(client.get(ChatwootClient.USER, conversations).json().at("/payload/0/id").asLong())
          .isEqualTo(conversation);
      assertThat(client.messages(conversation, "").at("/0/sender/name").asString())
          .isEqualTo("Helena");
    }
  }

  private static long contactOf(ChatwootClient client, long conversation) {
    return client
        .get(ChatwootClient.USER, "/conversations/" + conversation)
        .json()
        .at("/meta/sender/id")
        .asLong();
  }

  @Test
  void one_address_may_only_ask_so_often(@TempDir Path folder) {
    Map<String, Object> more =
        Map.of(
            "simulator.chatwoot.limits.requests-per-minute-per-ip",
            5,
            "simulator.chatwoot.data-dir",
            folder.toString());
    long id;
    try (var limited = ChatwootClient.start(receiver.url(""), more)) {
      var client = new ChatwootClient(limited);
      id = client.customerWrites("Fica guardado").conversation();
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 11; i++) {
        statuses.add(client.get(ChatwootClient.USER, "/inboxes").status());
      }
      assertThat(statuses).startsWith(200).contains(429);
    }

    try (var restarted = ChatwootClient.start(receiver.url(""), more)) {
      JsonNode messages = new ChatwootClient(restarted).messages(id, "");
      assertThat(messages.get(0).get("content").asString()).isEqualTo("Fica guardado");
    }
  }
}
