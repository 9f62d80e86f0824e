package io.mcpcrew.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.mcpcrew.runtime.tenant.Tenant;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The contract on the simulated Chatwoot, and what is Chatwoot's own.
@SuppressWarnings("NullAway") // what is missing fails the test, as it should
class ChatwootContractTest extends ConnectorContract {
  private static final Map<String, Object> NO_CONVERSATION = Map.of("conversation_id", 999_999);
  private static final Map<String, Object> FOREIGN = Map.of("account_id", "nobody");

  private SimulatedChatwoot chatwoot;

  @Override
  Installation install(Path folder) throws IOException {
    Installation installation =
        Installation.start(
            folder,
            ToolCase.and(PATIENT, Map.of("connectors.chatwoot.webhook-hosts", "hooks.example")));
    chatwoot = new SimulatedChatwoot(installation.url());
    return installation;
  }

  @AfterAll
  void leave() {
    chatwoot.close();
  }

  @Override
  String connector() {
    return "chatwoot";
  }

  @Override
  void breakOther(BrokenBackend backend) {
    installation().moveChatwoot(Installation.CLINICA, backend.uri());
  }

  /// Chatwoot keeps no keys; calls with the same one wait for each other in the connector.
  @Override
  Stream<ToolCase> toolsOfOneAnswer() {
    return toolsThatWrite().filter(tool -> effect(tool).equals("checkable"));
  }

  private Map<String, Object> inNew(Map<String, Object> more) {
    return ToolCase.and(Map.of("conversation_id", chatwoot.newConversation()), more);
  }

  private Map<String, Object> ofNew(Map<String, Object> more) {
    return ToolCase.and(Map.of("contact_id", chatwoot.newContact("Ana Beatriz")), more);
  }

  @Override
  List<ToolCase> cases() {
    var all = new ArrayList<ToolCase>();
    all.addAll(readingCases());
    all.addAll(conversationCases());
    all.addAll(contactCases());
    return all;
  }

  private List<ToolCase> readingCases() {
    return List.of(
        ToolCase.of("get_conversation", () -> inNew(Map.of()))
            .refuses(NO_CONVERSATION, "no conversation 999999"),
        ToolCase.of("list_conversations", Map.of("status", "all", "labels", List.of("orcamento")))
            .refuses(Map.of("inbox_id", 0), "inbox_id must be a positive whole number"),
        ToolCase.of("list_messages", () -> inNew(Map.of()))
            .refuses(NO_CONVERSATION, "no conversation 999999"),
        ToolCase.of("search_contacts", Map.of("query", "Ana"))
            .refuses(Map.of("query", " "), "query is missing"),
        ToolCase.of("get_contact", () -> ofNew(Map.of()))
            .refuses(Map.of("contact_id", 999_999), "no contact 999999"),
        ToolCase.of("list_inboxes", Map.of()).refuses(FOREIGN, "no such account"),
        ToolCase.of("list_teams", Map.of()).refuses(FOREIGN, "no such account"),
        ToolCase.of("list_agents", Map.of()).refuses(FOREIGN, "no such account"),
        ToolCase.of("list_labels", Map.of()).refuses(FOREIGN, "no such account"),
        ToolCase.of("list_canned_responses", Map.of("query", "abrimos"))
            .refuses(FOREIGN, "no such account"));
  }

  private List<ToolCase> conversationCases() {
    long there = chatwoot.newConversation();
    return List.of(
        ToolCase.of("reply_to_conversation", () -> inNew(Map.of("text", "Olá")))
            .refuses(ToolCase.and(NO_CONVERSATION, Map.of("text", "Olá")), "no conversation")
            .differs(Map.of("text", "Tchau")),
        ToolCase.of("typing", () -> inNew(Map.of()))
            .refuses(NO_CONVERSATION, "no conversation")
            .differs(Map.of("state", "off")),
        ToolCase.of("set_status", () -> inNew(Map.of("status", "resolved")))
            .refuses(
                Map.of(
                    "conversation_id", there,
                    "status", "open",
                    "until", "2126-12-01T09:00:00-03:00"),
                "only for the status snoozed")
            .differs(Map.of("status", "open")),
        ToolCase.of("assign", () -> inNew(Map.of("agent_id", 3, "team_id", 1)))
            .refuses(Map.of("conversation_id", there, "agent_id", 77), "no agent 77; there are")
            .differs(Map.of("agent_id", 1)),
        ToolCase.of("set_labels", () -> inNew(Map.of("labels", List.of("orcamento"))))
            .refuses(
                Map.of("conversation_id", there, "labels", List.of("nope")), "no label nope; there")
            .differs(Map.of("labels", List.of("entrega"))),
        ToolCase.of("add_labels", () -> inNew(Map.of("labels", List.of("orcamento"))))
            .refuses(
                Map.of("conversation_id", there, "labels", List.of("nope")), "no label nope; there")
            .differs(Map.of("labels", List.of("entrega"))),
        ToolCase.of("remove_labels", () -> inNew(Map.of("labels", List.of("orcamento"))))
            .refuses(ToolCase.and(NO_CONVERSATION, Map.of("labels", List.of())), "no conversation")
            .differs(Map.of("labels", List.of("entrega"))),
        ToolCase.of("set_priority", () -> inNew(Map.of("priority", "urgent")))
            .refuses(ToolCase.and(NO_CONVERSATION, Map.of("priority", "low")), "no conversation")
            .differs(Map.of("priority", "none")),
        ToolCase.of(
                "set_custom_attributes", () -> inNew(Map.of("attributes", Map.of("order", "S1"))))
            .refuses(
                Map.of("conversation_id", there, "attributes", Map.of("crew_key", "x")),
                "the platform keeps crew_key itself")
            .differs(Map.of("attributes", Map.of("order", "S2"))));
  }

  private List<ToolCase> contactCases() {
    return List.of(
        ToolCase.of("create_contact", () -> Map.of("name", "Caio", "phone", chatwoot.newPhone()))
            .refuses(Map.of("name", "Caio", "phone", "11 98888"), "e164")
            .differs(Map.of("name", "Caio Prado")),
        ToolCase.of("update_contact", () -> ofNew(Map.of("name", "Ana Lima")))
            .refuses(Map.of("contact_id", 999_999, "name", "Ana"), "no contact 999999")
            .differs(Map.of("name", "Ana Souza")),
        ToolCase.of("set_contact_attributes", () -> ofNew(Map.of("attributes", Map.of("plan", 1))))
            .refuses(
                Map.of("contact_id", 1, "attributes", Map.of("plan", List.of(1))), "single value")
            .differs(Map.of("attributes", Map.of("plan", 2))),
        ToolCase.of(
                "merge_contacts",
                () -> ofNew(Map.of("merged_contact_id", chatwoot.newContact("Ana B."))))
            .refuses(Map.of("contact_id", 1, "merged_contact_id", 1), "merged with itself")
            .differs(Map.of("merged_contact_id", chatwoot.newContact("Ana C."))),
        ToolCase.of("list_webhooks", Map.of()).refuses(FOREIGN, "no such account"),
        ToolCase.of("create_webhook", Map.of("url", "https://hooks.example/contract"))
            .refuses(Map.of("url", "https://evil.example/"), "may only go to hooks.example")
            .differs(Map.of("events", List.of("message_created"))),
        ToolCase.of(
                "update_webhook",
                () ->
                    Map.of(
                        "webhook_id", chatwoot.newWebhook(), "events", List.of("message_created")))
            .refuses(Map.of("webhook_id", 999_999), "no webhook")
            .differs(Map.of("events", List.of("contact_created"))),
        ToolCase.of("delete_webhook", () -> Map.of("webhook_id", chatwoot.newWebhook()))
            .refuses(Map.of("webhook_id", 999_999), "no webhook")
            .differs(Map.of("webhook_id", chatwoot.newWebhook())));
  }

  private Map<String, Object> record(String tool, Map<String, Object> arguments) {
    return Installation.records(call(tool, arguments)).getFirst();
  }

  private McpSchema.CallToolResult call(String tool, Map<String, Object> arguments) {
    return installation().call(connector(), Installation.LOJA, tool, arguments);
  }

  /// Connectors that share nothing with the first ones but the Chatwoot behind.
  private Installation second(Path folder) throws IOException {
    var second = Installation.start(folder, Map.of());
    second.moveChatwoot(Installation.LOJA, URI.create(installation().url()));
    return second;
  }

  @Test
  void twenty_replies_at_once_with_one_key_are_one_message() throws Exception {
    long conversation = chatwoot.newConversation();
    var reply = keyed(Map.of("conversation_id", conversation, "text", "Já chamo"), newKey());

    var answers = Installation.atOnce(20, () -> record("reply_to_conversation", reply));

    assertThat(answers).hasSize(20).containsOnly(answers.getFirst());
    assertThat(chatwoot.posted(conversation)).isEqualTo(1);
  }

  @Test
  void a_reply_whose_answer_was_lost_is_found_by_another_process_too(@TempDir Path folder)
      throws IOException {
    long conversation = chatwoot.newConversation();
    var reply = keyed(Map.of("conversation_id", conversation, "text", "Uma vez"), newKey());
    chatwoot.faults("{\"apiStatus\": {\"status\": 500, \"calls\": 1, \"afterWrite\": true}}");

    var lost = call("reply_to_conversation", reply);

    assertThat(lost.meta()).containsEntry("crew/failure", "retry");
    for (int i = 0; i < 25; i++) {
      chatwoot.note(conversation, "Nota " + i);
    }
    try (Installation second = second(folder)) {
      var again = second.call(connector(), Installation.LOJA, "reply_to_conversation", reply);
      var other =
          second.call(
              connector(),
              Installation.LOJA,
              "reply_to_conversation",
              ToolCase.and(reply, Map.of("text", "Outra")));

      assertThat(Installation.text(again)).isEqualTo("it was posted already");
      assertThat(other.isError()).isTrue();
    }
    assertThat(chatwoot.posted(conversation)).isEqualTo(26);
  }

  private static Map<String, Object> labels(long conversation, String... labels) {
    return Map.of("conversation_id", conversation, "labels", List.of(labels));
  }

  @Test
  void what_chatwoot_puts_off_is_done_a_little_later() {
    long conversation = chatwoot.newConversation();
    var reply = keyed(Map.of("conversation_id", conversation, "text", "Com calma"), newKey());
    chatwoot.faults("{\"apiStatus\": {\"status\": 429, \"calls\": 2, \"afterWrite\": false}}");

    var answer = call("reply_to_conversation", reply);

    assertThat(answer.isError()).as(answer.toString()).isFalse();
    assertThat(chatwoot.posted(conversation)).isEqualTo(1);
  }

  @Test
  void what_chatwoot_puts_off_for_too_long_is_told_so() {
    long conversation = chatwoot.newConversation();
    var reply = keyed(Map.of("conversation_id", conversation, "text", "Demais"), newKey());
    chatwoot.faults("{\"apiStatus\": {\"status\": 429, \"calls\": 99, \"afterWrite\": false}}");

    var answer = call("reply_to_conversation", reply);
    chatwoot.faults("{}");

    assertThat(Installation.text(answer)).contains("takes no more calls of this account for now");
    assertThat(answer.meta()).containsEntry("crew/failure", "retry");
    assertThat(chatwoot.posted(conversation)).isZero();
  }

  @Test
  void a_pause_longer_than_a_call_may_last_is_told_at_once_and_not_waited_for() throws IOException {
    var asked = new AtomicInteger();
    var busy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    busy.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.getResponseHeaders().set("Retry-After", "60");
          exchange.sendResponseHeaders(429, -1);
          exchange.close();
        });
    busy.start();
    try {
      installation()
          .moveChatwoot(
              Installation.CLINICA, URI.create("http://127.0.0.1:" + busy.getAddress().getPort()));

      var answer = installation().call(connector(), Installation.CLINICA, "list_teams", Map.of());

      assertThat(Installation.text(answer)).contains("try again in 60 seconds");
      assertThat(asked).hasValue(1);
    } finally {
      busy.stop(0);
    }
  }

  @Test
  void a_reply_is_posted_as_it_was_written_with_its_choices() {
    long conversation = chatwoot.newConversation();

    var _ =
        record(
            "reply_to_conversation",
            keyed(
                Map.of(
                    "conversation_id",
                    conversation,
                    "text",
                    "Olá {{contact.name}}",
                    "choices",
                    List.of("Sim", "Não")),
                newKey()));

    var message = chatwoot.messages(conversation).path(0);
    assertThat(message.path("content").asString()).contains("contact.name");
    assertThat(message.path("content_type").asString()).isEqualTo("input_select");
    assertThat(message.path("content_attributes").path("items").path(1).path("title").asString())
        .isEqualTo("Não");
    assertThat(message.path("sender").path("type").asString()).isEqualTo("agent_bot");
  }

  @Test
  void files_go_with_a_reply_and_what_is_no_file_is_refused() {
    var here = Map.<String, Object>of("conversation_id", chatwoot.newConversation(), "text", "Ó");
    var file = Map.of("name", "preços.txt", "type", "text/plain", "content", "b2zDoQ==");
    var reply = keyed(ToolCase.and(here, Map.of("files", List.of(file))), newKey());

    var posted = record("reply_to_conversation", reply);
    var again = record("reply_to_conversation", reply);
    var evil = Map.of("name", "a\"\r\nX: y", "content", "b2zDoQ==");
    var refused =
        call(
            "reply_to_conversation",
            keyed(ToolCase.and(here, Map.of("files", List.of(evil))), newKey()));

    assertThat(again).isEqualTo(posted);
    var told = record("list_messages", Map.of("conversation_id", here.get("conversation_id")));
    assertThat(told).containsEntry("text", "Ó");
    assertThat(told.get("files").toString()).contains("http");
    assertThat(refused.meta()).containsEntry("crew/failure", "refused");
    assertThat(chatwoot.posted((long) here.get("conversation_id"))).isEqualTo(1);
  }

  @Test
  void conversations_are_listed_by_status_label_and_who_has_them() {
    long mine = chatwoot.newConversation();
    var _ = record("set_labels", keyed(labels(mine, "entrega"), newKey()));
    var _ =
        record("set_status", keyed(Map.of("conversation_id", mine, "status", "open"), newKey()));
    var _ = record("assign", keyed(Map.of("conversation_id", mine, "agent_id", 3), newKey()));

    var found =
        Installation.records(
            call(
                "list_conversations", Map.of("labels", List.of("entrega"), "assigned", "anybody")));
    var nobodys =
        Installation.records(
            call("list_conversations", Map.of("labels", List.of("entrega"), "assigned", "nobody")));

    assertThat(found).extracting(row -> row.get("assignee")).containsOnly("Rafael");
    assertThat(found).extracting(row -> ((Number) row.get("id")).longValue()).contains(mine);
    assertThat(nobodys)
        .extracting(row -> ((Number) row.get("id")).longValue())
        .doesNotContain(mine);
  }

  @Test
  void somebody_who_is_not_there_does_not_take_a_conversation_from_who_has_it() {
    long conversation = chatwoot.newConversation();
    var _ =
        record("assign", keyed(Map.of("conversation_id", conversation, "agent_id", 3), newKey()));

    var refused =
        call("assign", keyed(Map.of("conversation_id", conversation, "agent_id", 99), newKey()));

    assertThat(Installation.text(refused)).contains("3 Rafael");
    assertThat(record("get_conversation", Map.of("conversation_id", conversation)))
        .containsEntry("assignee", "Rafael");
    assertThat(
            record(
                "assign", keyed(Map.of("conversation_id", conversation, "nobody", true), newKey())))
        .containsEntry("assignee", "");
  }

  @Test
  void labels_are_added_and_removed_one_by_one() {
    long conversation = chatwoot.newConversation();
    var _ = record("set_labels", keyed(labels(conversation, "orcamento"), newKey()));

    assertThat(record("add_labels", keyed(labels(conversation, "entrega"), newKey())))
        .containsEntry("labels", List.of("orcamento", "entrega"));
    assertThat(record("remove_labels", keyed(labels(conversation, "orcamento"), newKey())))
        .containsEntry("labels", List.of("entrega"));
    assertThat(record("set_labels", keyed(labels(conversation), newKey())))
        .containsEntry("labels", List.of());
  }

  @Test
  void attributes_that_are_not_named_stay() {
    long conversation = chatwoot.newConversation();
    var first = Map.<String, Object>of("attributes", Map.of("order", "S1", "size", 3));
    var here = Map.<String, Object>of("conversation_id", conversation);
    var _ = record("set_custom_attributes", keyed(ToolCase.and(here, first), newKey()));
    Map<String, Object> change = new HashMap<>();
    change.put("order", null);
    change.put("vip", true);

    var after =
        record(
            "set_custom_attributes",
            keyed(ToolCase.and(here, Map.of("attributes", change)), newKey()));

    assertThat(after).containsEntry("custom_attributes", Map.of("size", 3, "vip", true));
  }

  @Test
  void a_snoozed_conversation_tells_until_when_and_a_priority_can_be_taken_away() {
    long conversation = chatwoot.newConversation();
    var here = Map.<String, Object>of("conversation_id", conversation);

    var snoozed =
        record(
            "set_status",
            keyed(
                ToolCase.and(
                    here, Map.of("status", "snoozed", "until", "2126-12-01T09:00:00-03:00")),
                newKey()));
    var _ = record("set_priority", keyed(ToolCase.and(here, Map.of("priority", "high")), newKey()));
    var none =
        record("set_priority", keyed(ToolCase.and(here, Map.of("priority", "none")), newKey()));

    assertThat(snoozed.get("snoozed_until").toString()).startsWith("2126-12-01T12:00:00");
    assertThat(none).containsEntry("priority", "");
  }

  @Test
  void a_repeated_call_does_not_touch_what_people_have_changed_since() {
    long conversation = chatwoot.newConversation();
    var resolve = keyed(Map.of("conversation_id", conversation, "status", "resolved"), newKey());
    var _ = record("set_status", resolve);
    var _ =
        chatwoot.api(
            "POST", "/conversations/" + conversation + "/toggle_status", "{\"status\": \"open\"}");

    assertThat(record("set_status", resolve)).containsEntry("status", "open");
  }

  @Test
  void a_contact_is_made_once_also_through_two_processes(@TempDir Path folder) throws IOException {
    var wish = keyed(Map.of("name", "Davi", "phone", chatwoot.newPhone()), newKey());
    var first = record("create_contact", wish);
    try (Installation second = second(folder)) {
      var again = second.call(connector(), Installation.LOJA, "create_contact", wish);
      var other =
          second.call(connector(), Installation.LOJA, "create_contact", keyed(wish, newKey()));

      assertThat(Installation.records(again)).containsExactly(first);
      assertThat(Installation.text(other)).contains("already been taken; see contact");
    }
  }

  @Test
  void webhooks_elsewhere_are_listed_without_their_secret_and_not_touched() {
    String elsewhere = "{\"url\": \"https://ours.example/in\"}";
    JsonNode made = chatwoot.api("POST", "/webhooks", elsewhere).path("payload").path("webhook");
    var id = Map.<String, Object>of("webhook_id", made.path("id").asLong());

    assertThat(call("list_webhooks", Map.of()).structuredContent().toString())
        .contains("https://ours.example/in")
        .doesNotContain("secret", made.path("secret").asString());
    for (String tool : List.of("update_webhook", "delete_webhook")) {
      var refused = call(tool, keyed(id, newKey()));
      assertThat(Installation.text(refused)).contains("may only go to hooks.example");
    }
  }

  @Test
  void what_cannot_be_undone_is_told_as_such_and_without_hosts_no_webhook_can_be_made(
      @TempDir Path folder) throws IOException {
    try (var client = installation().client(connector(), Installation.LOJA)) {
      assertThat(client.listTools().tools())
          .filteredOn(tool -> Boolean.TRUE.equals(tool.annotations().destructiveHint()))
          .extracting(McpSchema.Tool::name)
          .containsExactlyInAnyOrder("merge_contacts", "delete_webhook");
    }
    try (var ordinary = Installation.start(folder, Map.of());
        var client = ordinary.client(connector(), Installation.LOJA)) {
      assertThat(client.listTools().tools())
          .extracting(McpSchema.Tool::name)
          .contains("list_webhooks")
          .doesNotContain("create_webhook", "update_webhook", "delete_webhook");
    }
  }

  @Test
  void contacts_are_merged_with_their_conversations_also_if_asked_twice(@TempDir Path folder)
      throws IOException {
    long stays = chatwoot.newContact("Helena");
    long goes = chatwoot.newContact("Helena B.");
    long conversation = chatwoot.newConversation(goes);
    var merge = keyed(Map.of("contact_id", stays, "merged_contact_id", goes), newKey());
    var first = record("merge_contacts", merge);

    assertThat(record("get_conversation", Map.of("conversation_id", conversation)))
        .containsEntry("contact", "Helena");
    assertThat(call("get_contact", Map.of("contact_id", goes)).isError()).isTrue();
    try (Installation second = second(folder)) {
      var again = second.call(connector(), Installation.LOJA, "merge_contacts", merge);
      var other =
          second.call(connector(), Installation.LOJA, "merge_contacts", keyed(merge, newKey()));

      assertThat(Installation.records(again)).containsExactly(first);
      assertThat(Installation.text(other)).isEqualTo("there is no contact " + goes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"list_agents", "list_conversations"})
  void what_a_token_may_not_do_is_refused_with_a_clear_sentence(String tool, @TempDir Path folder)
      throws IOException {
    try (Installation second = second(folder)) {
      var own = second.chatwoot(Installation.LOJA);
      second.moveChatwoot(
          Installation.LOJA,
          new Tenant.Chatwoot(
              own.binding(),
              own.url(),
              own.account(),
              own.botToken(),
              own.botToken(),
              own.webhookSecret(),
              own.botSecret()));

      var answer = second.call(connector(), Installation.LOJA, tool, Map.of());

      assertThat(answer.meta()).containsEntry("crew/failure", "refused");
      assertThat(Installation.text(answer))
          .isEqualTo("Chatwoot does not let the user whose token this account has do that");
    }
  }
}
