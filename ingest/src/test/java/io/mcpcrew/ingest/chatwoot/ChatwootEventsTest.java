package io.mcpcrew.ingest.chatwoot;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.runtime.faults.Outcome;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Attachment;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.ConversationFacts;
import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.EventKind;
import io.mcpcrew.schemas.topics.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChatwootEventsTest {
  private static final AccountId LOJA = new AccountId("loja");
  private static final Instant NOW = Instant.parse("2026-11-20T15:00:00Z");

  @Test
  void a_customers_message_is_read_whole() {
    ConversationEvent event = done(message("{}"));

    assertThat(event.kind()).isEqualTo(EventKind.MESSAGE);
    assertThat(event.author()).isEqualTo(Author.CUSTOMER);
    assertThat(event.conversation()).hasToString("loja/chatwoot-7");
    assertThat(event.eventId()).isEqualTo("chatwoot/loja/message_created/42");
    assertThat(event.messageNumber()).isEqualTo(42);
    assertThat(event.text()).isEqualTo(Content.of("Quanto custa?"));
    assertThat(event.channel()).isEqualTo("whatsapp");
    assertThat(event.inbox()).isEqualTo("3");
    assertThat(event.replyKey()).isNull();
    assertThat(event.writtenAt()).isEqualTo(Instant.parse("2026-11-20T14:59:58Z"));
    assertThat(event.receivedAt()).isEqualTo(NOW);
    assertThat(event.deliveredBy()).isEqualTo("account_webhook");
    assertThat(facts(event))
        .isEqualTo(
            new ConversationFacts(
                ConversationStatus.PENDING,
                false,
                List.of("vip"),
                Instant.ofEpochMilli(1_800_000_000_250L),
                "9",
                Content.of("Ana"),
                true));
  }

  @ParameterizedTest
  @CsvSource({
    "incoming, contact,   CUSTOMER",
    "incoming, '',        CUSTOMER",
    "outgoing, user,      HUMAN_AGENT",
    "outgoing, agent_bot, OTHER_BOT",
    "outgoing, captain,   UNKNOWN",
    "template, '',        SYSTEM",
    "activity, user,      UNKNOWN",
    "'',       contact,   UNKNOWN",
  })
  void the_direction_is_a_word_and_decides_who_wrote(String type, String sender, Author author) {
    ConversationEvent event =
        done(
            message(
                "{\"message_type\":\"%s\",\"sender\":{\"type\":\"%s\"}}".formatted(type, sender)));

    assertThat(event.author()).isEqualTo(author);
    assertThat(event.kind()).isEqualTo(EventKind.MESSAGE);
  }

  @Test
  void a_direction_as_a_number_is_never_taken_for_a_customers() {
    assertThat(done(message("{\"message_type\":0}")).author()).isEqualTo(Author.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "{\"type\":null}"})
  void an_incoming_message_without_a_readable_sender_is_the_customers(String sender) {
    assertThat(done(message("{\"sender\":%s}".formatted(sender))).author())
        .isEqualTo(Author.CUSTOMER);
  }

  @Test
  void an_outgoing_message_without_a_sender_is_the_systems() {
    assertThat(done(message("{\"message_type\":\"outgoing\",\"sender\":null}")).author())
        .isEqualTo(Author.SYSTEM);
  }

  @Test
  void a_private_note_is_a_note_whoever_wrote_it() {
    ConversationEvent event =
        done(
            message(
                "{\"private\":true,\"message_type\":\"outgoing\",\"sender\":{\"type\":\"user\"}}"));

    assertThat(event.kind()).isEqualTo(EventKind.NOTE);
    assertThat(event.author()).isEqualTo(Author.HUMAN_AGENT);
  }

  @Test
  void our_own_reply_comes_back_as_ours_with_its_key_whoever_seems_to_have_sent_it() {
    for (String sender : new String[] {"user", "agent_bot", "contact"}) {
      ConversationEvent event =
          done(
              message(
                  """
                  {"message_type":"outgoing","sender":{"type":"%s"},
                   "content_attributes":{"crew_reply_key":"loja/chatwoot-7#3"}}
                  """
                      .formatted(sender)));

      assertThat(event.author()).isEqualTo(Author.OUR_AGENT);
      assertThat(event.replyKey()).isEqualTo("loja/chatwoot-7#3");
    }
  }

  @Test
  void an_edit_a_deletion_and_a_survey_are_told_apart_and_each_state_has_an_id_of_its_own() {
    ConversationEvent edited =
        done(message("{\"event\":\"message_updated\",\"content\":\"Quanto custam?\"}"));
    ConversationEvent editedAgain =
        done(message("{\"event\":\"message_updated\",\"content\":\"Quanto custam!\"}"));
    ConversationEvent deleted =
        done(message("{\"event\":\"message_updated\",\"content_attributes\":{\"deleted\":true}}"));
    ConversationEvent survey =
        done(
            message(
                """
                {"event":"message_updated","content_type":"input_csat","content_attributes":
                  {"submitted_values":{"csat_survey_response":{"rating":5}}}}
                """));

    assertThat(edited.kind()).isEqualTo(EventKind.EDITED);
    assertThat(deleted.kind()).isEqualTo(EventKind.DELETED);
    assertThat(survey.kind()).isEqualTo(EventKind.SURVEY_ANSWERED);
    assertThat(Set.of(edited.eventId(), editedAgain.eventId(), deleted.eventId()))
        .hasSize(3)
        .allMatch(id -> id.startsWith("chatwoot/loja/message_updated/42/"));
  }

  private static final String OFFERED =
      """
      {"event":"message_updated","message_type":"outgoing","content_type":"input_select",
       "content":"Qual delas?","sender":{"type":"agent_bot"},"content_attributes":
         {"crew_reply_key":"loja/chatwoot-7#3","items":[{"title":"Trena 5 m","value":"t5"}]%s}}
      """;

  private static final String CHOSEN =
      ",\"submitted_values\":[{\"title\":\"Trena 5 m\",\"value\":\"t5\"}]";

  @Test
  void what_a_customer_chooses_in_the_widget_is_what_they_say_under_one_id_for_all_updates() {
    ConversationEvent chosen = done(message(OFFERED.formatted(CHOSEN)));
    ConversationEvent readLater =
        done(message(OFFERED.formatted(CHOSEN + ",\"external_error\":\"x\"")));

    assertThat(chosen.kind()).isEqualTo(EventKind.CHOSEN);
    assertThat(chosen.author()).isEqualTo(Author.CUSTOMER);
    assertThat(chosen.text()).isEqualTo(Content.of("Trena 5 m"));
    assertThat(chosen.messageNumber()).isEqualTo(42);
    assertThat(chosen.replyKey()).isNull();
    assertThat(chosen.eventId()).isEqualTo("chatwoot/loja/message_updated/42/chosen");
    assertThat(readLater.eventId()).isEqualTo(chosen.eventId());
    assertThat(chosen.writtenAt()).as("not when it was asked").isEqualTo(NOW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"submitted_values\":null",
        ",\"submitted_values\":[]",
        ",\"submitted_values\":[null]",
        ",\"submitted_values\":[{\"title\":\" \"}]",
        ",\"submitted_values\":{\"csat_survey_response\":null}"
      })
  void an_update_without_a_choice_is_an_edit_of_our_own_message(String submitted) {
    ConversationEvent event = done(message(OFFERED.formatted(submitted)));

    assertThat(event.kind()).isNotEqualTo(EventKind.CHOSEN);
    assertThat(event.author()).isEqualTo(Author.OUR_AGENT);
  }

  @Test
  void a_choice_without_a_title_is_told_by_its_value_and_a_form_is_none() {
    String onlyValue = ",\"submitted_values\":[{\"value\":\"t5\"}]";
    String form = OFFERED.replace("input_select", "form");

    assertThat(done(message(OFFERED.formatted(onlyValue))).text()).isEqualTo(Content.of("t5"));
    assertThat(done(message(form.formatted(CHOSEN))).kind()).isEqualTo(EventKind.EDITED);
    assertThat(done(message(OFFERED.formatted(CHOSEN + ",\"deleted\":true"))).kind())
        .isEqualTo(EventKind.DELETED);
  }

  @ParameterizedTest
  @CsvSource({
    "Channel::Whatsapp, whatsapp", "Channel::TwilioSms, sms", "Channel::Sms, sms",
    "Channel::WebWidget, web", "Channel::FacebookPage, facebook", "Channel::Email, email",
    "Channel::Api, api", "Channel::Telegram, telegram"
  })
  void channels_have_names_of_our_own(String theirs, String ours) {
    ConversationEvent event =
        done("{\"event\":\"conversation_updated\",\"id\":7,\"channel\":\"%s\"}".formatted(theirs));

    assertThat(event.channel()).isEqualTo(ours);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"attachments\":null}",
        "{\"attachments\":[]}",
        "{\"attachments\":[null]}",
        "{}"
      })
  void attachments_may_be_absent_or_null(String change) {
    assertThat(done(message(change)).attachments()).isEmpty();
  }

  @Test
  void attachments_are_read_as_far_as_they_are_told() {
    ConversationEvent event =
        done(
            message(
                """
                {"content":null,"attachments":[
                  {"file_type":"image","data_url":"http://x/a.png","file_size":12,
                   "fallback_title":"a.png"},
                  {"file_type":"location","data_url":null,"file_size":null}]}
                """));

    assertThat(event.text()).isNull();
    assertThat(event.attachments())
        .containsExactly(
            new Attachment("image", Content.of("a.png"), Content.of("http://x/a.png"), 12L),
            new Attachment("location", null, null, null));
  }

  @Test
  void an_event_that_nobody_knows_is_kept_under_the_account() {
    ConversationEvent event = done("{\"event\":\"contact_updated\",\"id\":3}");

    assertThat(event.kind()).isEqualTo(EventKind.OTHER);
    assertThat(event.conversation()).hasToString("loja/account");
    assertThat(event.channelEvent()).isEqualTo("contact_updated");
    assertThat(event.writtenAt()).isEqualTo(NOW);
    assertThat(event.facts()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "conversation_created,        STATUS_CHANGED",
    "conversation_status_changed, STATUS_CHANGED",
    "conversation_opened,         STATUS_CHANGED",
    "conversation_resolved,       STATUS_CHANGED",
    "conversation_updated,        ASSIGNED",
  })
  void events_of_a_conversation_are_its_own_root(String name, EventKind kind) {
    ConversationEvent event =
        done(
            """
            {"event":"%s","id":7,"inbox_id":3,"status":"open","channel":"Channel::WebWidget",
             "updated_at":1800000000.5,"meta":{"assignee":{"id":1},"sender":{"id":9}}}
            """
                .formatted(name));

    assertThat(event.kind()).isEqualTo(kind);
    assertThat(event.conversation()).hasToString("loja/chatwoot-7");
    assertThat(event.author()).isEqualTo(Author.SYSTEM);
    assertThat(facts(event).humanAssigned()).isTrue();
    assertThat(facts(event).status()).isEqualTo(ConversationStatus.OPEN);
    assertThat(event.writtenAt()).isEqualTo(Instant.ofEpochMilli(1_800_000_000_500L));
  }

  @Test
  void a_bot_that_is_assigned_is_no_human_and_neither_is_nobody() {
    for (String meta :
        new String[] {
          "{\"assignee\":{\"id\":1},\"assignee_type\":\"AgentBot\"}", "{\"assignee\":null}", "null"
        }) {
      ConversationEvent event =
          done("{\"event\":\"conversation_updated\",\"id\":7,\"meta\":%s}".formatted(meta));
      assertThat(facts(event).humanAssigned()).as(meta).isFalse();
    }
  }

  @Test
  void typing_is_the_agents_or_the_customers() {
    String typing =
        "{\"event\":\"conversation_typing_on\",\"conversation\":{\"id\":7},\"user\":{\"type\":\"%s\"}}";

    assertThat(done(typing.formatted("user")).author()).isEqualTo(Author.HUMAN_AGENT);
    assertThat(done(typing.formatted("contact")).author()).isEqualTo(Author.CUSTOMER);
    assertThat(done(typing.formatted("contact")).kind()).isEqualTo(EventKind.TYPING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "null",
        "3",
        "\"message_created\"",
        "{}",
        "{\"event\":null}",
        "{\"event\":{}}",
        "{\"event\":\"\"}",
        "{\"event\":\"message_created\"}",
        "{\"event\":\"message_created\",\"id\":0,\"conversation\":{\"id\":1}}",
        "{\"event\":\"message_created\",\"id\":1,\"conversation\":null}",
        "{\"event\":\"message_created\",\"id\":1,\"conversation\":{\"id\":\"x\"}}",
        "{\"event\":\"conversation_updated\",\"id\":null}",
        "{\"event\":\"conversation_typing_on\"}",
        "{\"event\":\"0123456789012345678901234567890123456789012345678901234567890123456789\"}",
      })
  void what_is_no_event_is_refused(String body) {
    assertThat(read(body, WebhookSender.ACCOUNT)).isInstanceOf(Outcome.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"yesterday\"",
        "null",
        "{}",
        "1e300",
        "-1e300",
        "1e17",
        "\"+999999999-12-31T23:59:59Z\"",
        "\"-999999999-01-01T00:00:00Z\""
      })
  void a_time_that_is_none_or_beyond_all_times_is_the_time_of_arrival(String time) {
    ConversationEvent event = done(message("{\"created_at\":%s}".formatted(time)));

    assertThat(event.writtenAt()).isEqualTo(NOW);
    assertThat(Topics.MESSAGES.serde().toBytes(event)).isNotEmpty();
  }

  @Property(tries = 300)
  void equal_bodies_give_equal_ids_whenever_and_by_whomever_they_are_delivered(
      @ForAll @LongRange(min = 1, max = 1_000_000) long number,
      @ForAll @StringLength(max = 40) String text,
      @ForAll boolean updated,
      @ForAll boolean ofConversation) {
    var body = JsonMapper.shared().createObjectNode();
    body.put(
        "event",
        ofConversation ? "conversation_updated" : updated ? "message_updated" : "message_created");
    body.put("id", number).put("content", text).put("message_type", "incoming");
    body.putObject("conversation").put("id", 7);

    ConversationEvent first = done(body.toString());
    ConversationEvent again =
        ((Outcome.Done<ConversationEvent>)
                new ChatwootEvents(LOJA, "chatwoot", WebhookSender.BOT, NOW.plusSeconds(9))
                    .read(JsonMapper.shared().readTree(body.toString())))
            .value();
    body.put("id", number + 1);
    ConversationEvent another = done(body.toString());

    assertThat(again.eventId()).isEqualTo(first.eventId());
    assertThat(again.conversation()).isEqualTo(first.conversation());
    assertThat(another.eventId()).isNotEqualTo(first.eventId());
  }

  @Property(tries = 300)
  void no_text_of_an_event_makes_it_throw_or_too_strange_for_the_log(@ForAll String text) {
    var body = (tools.jackson.databind.node.ObjectNode) JsonMapper.shared().readTree(message("{}"));
    body.put("content", text).put("inbox_id", text).put("created_at", text);
    ((tools.jackson.databind.node.ObjectNode) body.path("conversation")).put("channel", text);

    ConversationEvent event = done(body.toString());

    assertThat(Topics.MESSAGES.serde().toBytes(event)).isNotEmpty();
  }

  /// A customer's message with these fields instead.
  private static String message(String change) {
    var body =
        (tools.jackson.databind.node.ObjectNode)
            JsonMapper.shared()
                .readTree(
                    """
                    {"event":"message_created","id":42,"content":"Quanto custa?",
                     "message_type":"incoming","private":false,"content_attributes":{},
                     "created_at":"2026-11-20T14:59:58Z","sender":{"id":9,"name":"Ana"},
                     "inbox":{"id":3,"name":"Zap"},
                     "conversation":{"id":7,"status":"pending","channel":"Channel::Whatsapp",
                       "labels":["vip"],"can_reply":true,"updated_at":1800000000.25,
                       "meta":{"sender":{"id":9,"name":"Ana"},"assignee":null}}}
                    """);
    body.setAll((tools.jackson.databind.node.ObjectNode) JsonMapper.shared().readTree(change));
    return body.toString();
  }

  private static ConversationFacts facts(ConversationEvent event) {
    return Objects.requireNonNull(event.facts());
  }

  private static ConversationEvent done(String body) {
    Outcome<ConversationEvent> outcome = read(body, WebhookSender.ACCOUNT);
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done<ConversationEvent>) outcome).value();
  }

  private static Outcome<ConversationEvent> read(String body, WebhookSender sender) {
    JsonNode tree = JsonMapper.shared().readTree(body);
    return new ChatwootEvents(LOJA, "chatwoot", sender, NOW).read(tree);
  }
}
