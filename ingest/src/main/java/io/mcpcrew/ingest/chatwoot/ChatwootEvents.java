package io.mcpcrew.ingest.chatwoot;

import io.mcpcrew.runtime.faults.Outcome;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.Attachment;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.ConversationFacts;
import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.EventKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a webhook of Chatwoot means. A pure function of its body: equal bodies give equal events
/// with equal ids, however often and by whichever sender they are delivered.
public final class ChatwootEvents {
  /// Our key of a reply, as the publisher stores it with the post.
  public static final String REPLY_KEY = "crew_reply_key";

  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private final AccountId account;
  private final String binding;
  private final WebhookSender sender;
  private final Instant receivedAt;

  /// @param binding names the Chatwoot installation among the account's
  public ChatwootEvents(
      AccountId account, String binding, WebhookSender sender, Instant receivedAt) {
    this.account = account;
    this.binding = binding;
    this.sender = sender;
    this.receivedAt = receivedAt;
  }

  public Outcome<ConversationEvent> read(JsonNode body) {
    String event = body.path("event").asString("");
    if (!body.isObject() || event.isEmpty() || event.length() > 64) {
      return Outcome.refused("not_an_event", "the body is no event of Chatwoot");
    }
    return switch (event) {
      case "message_created", "message_updated" -> message(event, body);
      case "conversation_typing_on", "conversation_typing_off" ->
          ofConversation(event, EventKind.TYPING, body.path("conversation"), body.path("user"));
      case "conversation_created",
          "conversation_status_changed",
          "conversation_opened",
          "conversation_resolved" ->
          ofConversation(event, EventKind.STATUS_CHANGED, body, null);
      case "conversation_updated" -> ofConversation(event, EventKind.ASSIGNED, body, null);
      default -> unknown(event, body);
    };
  }

  private Outcome<ConversationEvent> message(String event, JsonNode body) {
    JsonNode conversation = body.path("conversation");
    long number = body.path("id").asLong(0);
    if (number < 1 || conversation.path("id").asLong(0) < 1) {
      return Outcome.refused("incomplete", "a message needs id and conversation.id");
    }
    boolean updated = event.equals("message_updated");
    JsonNode attributes = body.path("content_attributes");
    String choice = updated ? choice(body, attributes) : "";
    if (!choice.isEmpty()) {
      return chosen(event, number, conversation, body, choice);
    }
    String text = body.path("content").asString("");
    String id = updated ? number + "/" + hash(body) : Long.toString(number);
    return Outcome.done(
        event(event, id, conversation, body)
            .kind(kindOf(body, updated, attributes))
            .author(authorOf(body, attributes))
            .message(number, text.isEmpty() ? null : text, attachments(body))
            .replyKey(attributes.path(REPLY_KEY).asString(""))
            .person(body.path("sender").path("id").asString(""))
            .writtenAt(instant(body.path("created_at")))
            .build());
  }

  /// What the customer has chosen of what a message offers: its title, as they read it. From then
  /// on every update of that message carries it, whatever else has changed.
  private static String choice(JsonNode body, JsonNode attributes) {
    if (!body.path("content_type").asString("").equals("input_select")
        || attributes.path("deleted").asBoolean(false)) {
      return "";
    }
    for (JsonNode each : attributes.path("submitted_values")) {
      String title = each.path("title").asString("");
      String words = title.isBlank() ? each.path("value").asString("") : title;
      if (!words.isBlank()) {
        return words.strip();
      }
    }
    return "";
  }

  /// The customer's words, under one id for all updates that carry them. When they were chosen is
  /// told only where the message is still the last one: its own time is that of the question.
  private Outcome<ConversationEvent> chosen(
      String event, long number, JsonNode conversation, JsonNode body, String choice) {
    JsonNode last = conversation.path("messages").path(0);
    Instant when = last.path("id").asLong(0) == number ? instant(last.path("updated_at")) : null;
    return Outcome.done(
        event(event, number + "/chosen", conversation, body)
            .kind(EventKind.CHOSEN)
            .author(Author.CUSTOMER)
            .message(number, choice, List.of())
            .writtenAt(when)
            .build());
  }

  private static EventKind kindOf(JsonNode body, boolean updated, JsonNode attributes) {
    if (attributes.path("deleted").asBoolean(false)) {
      return EventKind.DELETED;
    }
    if (updated) {
      return attributes.path("submitted_values").has("csat_survey_response")
          ? EventKind.SURVEY_ANSWERED
          : EventKind.EDITED;
    }
    return body.path("private").asBoolean(false) ? EventKind.NOTE : EventKind.MESSAGE;
  }

  /// The message's direction decides and not the sender's `type`, which newer payloads lack for
  /// contacts.
  private static Author authorOf(JsonNode body, JsonNode attributes) {
    if (attributes.has(REPLY_KEY)) {
      return Author.OUR_AGENT;
    }
    JsonNode sender = body.path("sender");
    return switch (body.path("message_type").asString("")) {
      case "incoming" -> Author.CUSTOMER;
      case "template" -> Author.SYSTEM;
      case "outgoing" ->
          switch (sender.path("type").asString("")) {
            case "user" -> Author.HUMAN_AGENT;
            case "agent_bot" -> Author.OTHER_BOT;
            default -> sender.isMissingNode() || sender.isNull() ? Author.SYSTEM : Author.UNKNOWN;
          };
      default -> Author.UNKNOWN;
    };
  }

  private static List<Attachment> attachments(JsonNode body) {
    List<Attachment> attachments = new ArrayList<>();
    for (JsonNode each : body.path("attachments")) {
      if (each.isObject()) {
        attachments.add(
            new Attachment(
                each.path("file_type").asString("file"),
                content(each.path("fallback_title")),
                content(each.path("data_url")),
                each.path("file_size").isNumber() ? each.path("file_size").asLong() : null));
      }
    }
    return attachments;
  }

  private static @Nullable Content content(JsonNode text) {
    return text.isString() && !text.asString().isEmpty() ? Content.of(text.asString()) : null;
  }

  private Outcome<ConversationEvent> ofConversation(
      String event, EventKind kind, JsonNode conversation, @Nullable JsonNode user) {
    if (conversation.path("id").asLong(0) < 1) {
      return Outcome.refused("incomplete", "a conversation event needs the conversation's id");
    }
    Author author =
        user != null && user.path("type").asString("").equals("user")
            ? Author.HUMAN_AGENT
            : user == null ? Author.SYSTEM : Author.CUSTOMER;
    return Outcome.done(
        event(
                event,
                conversation.path("id").asString() + "/" + hash(conversation),
                conversation,
                conversation)
            .kind(kind)
            .author(author)
            .writtenAt(instant(conversation.path("updated_at")))
            .build());
  }

  /// Kept as what it is, under the account, so that nothing that Chatwoot said is lost; it changes
  /// no conversation.
  private Outcome<ConversationEvent> unknown(String event, JsonNode body) {
    return Outcome.done(
        new Draft(event, hash(body), new ConversationKey(account, "account"), body)
            .kind(EventKind.OTHER)
            .author(Author.SYSTEM)
            .build());
  }

  private Draft event(String event, String id, JsonNode conversation, JsonNode root) {
    var key = new ConversationKey(account, binding + "-" + conversation.path("id").asLong());
    return new Draft(event, id, key, root).conversation(conversation);
  }

  private static String hash(JsonNode node) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(node.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /// ISO at a message's root, epoch seconds (with a fraction or without) in a conversation. A time
  /// that no conversation can have is none: the log's times do not reach as far as JSON's.
  private @Nullable Instant instant(JsonNode time) {
    try {
      Instant told =
          time.isNumber()
              ? Instant.ofEpochMilli(Math.round(time.asDouble() * 1000))
              : time.isString() ? Instant.parse(time.asString()) : null;
      return told == null || told.isBefore(EARLIEST) || told.isAfter(LATEST) ? null : told;
    } catch (DateTimeException notATime) {
      return null;
    }
  }

  /// Gathers the parts of an event that come from different places of a payload.
  private final class Draft {
    private final String event;
    private final String id;
    private final ConversationKey key;
    private final JsonNode root;
    private EventKind kind = EventKind.OTHER;
    private Author author = Author.UNKNOWN;
    private @Nullable Long number;
    private @Nullable Content text;
    private List<Attachment> attachments = List.of();
    private @Nullable String replyKey;
    private @Nullable String person;
    private @Nullable ConversationFacts facts;
    private String channel = "unknown";
    private @Nullable Instant writtenAt;

    Draft(String event, String id, ConversationKey key, JsonNode root) {
      this.event = event;
      this.id = id;
      this.key = key;
      this.root = root;
    }

    Draft kind(EventKind is) {
      kind = is;
      return this;
    }

    Draft author(Author is) {
      author = is;
      return this;
    }

    Draft message(long messageNumber, @Nullable String content, List<Attachment> files) {
      number = messageNumber;
      text = content == null ? null : Content.of(content);
      attachments = files;
      return this;
    }

    Draft replyKey(String ours) {
      replyKey = ours.isEmpty() ? null : ours;
      return this;
    }

    /// Of customers nothing is kept but what they write.
    Draft person(String id) {
      person = author == Author.HUMAN_AGENT && !id.isEmpty() ? id : null;
      return this;
    }

    Draft writtenAt(@Nullable Instant when) {
      writtenAt = when;
      return this;
    }

    Draft conversation(JsonNode conversation) {
      JsonNode meta = conversation.path("meta");
      List<String> labels = new ArrayList<>();
      conversation.path("labels").forEach(label -> labels.add(label.asString("")));
      JsonNode contact = meta.path("sender");
      facts =
          new ConversationFacts(
              status(conversation.path("status").asString("")),
              isHuman(meta),
              labels,
              instant(conversation.path("updated_at")),
              contact.path("id").isNumber() ? contact.path("id").asString() : null,
              content(contact.path("name")),
              conversation.path("can_reply").asBoolean(true));
      channel = channel(conversation.path("channel").asString(""));
      return this;
    }

    private boolean isHuman(JsonNode meta) {
      return meta.path("assignee").isObject()
          && !meta.path("assignee_type").asString("User").equals("AgentBot");
    }

    ConversationEvent build() {
      String inbox =
          root.path("inbox_id").asString(root.path("inbox").path("id").asString("unknown"));
      return new ConversationEvent(
          "%s/%s/%s/%s".formatted(binding, account, event, id),
          key,
          kind,
          event,
          author,
          number,
          text,
          attachments,
          replyKey,
          channel,
          inbox,
          facts,
          writtenAt == null ? receivedAt : writtenAt,
          receivedAt,
          sender.label(),
          person);
    }
  }

  private static ConversationStatus status(String status) {
    return switch (status) {
      case "open" -> ConversationStatus.OPEN;
      case "pending" -> ConversationStatus.PENDING;
      case "resolved" -> ConversationStatus.RESOLVED;
      case "snoozed" -> ConversationStatus.SNOOZED;
      default -> ConversationStatus.UNKNOWN;
    };
  }

  private static String channel(String type) {
    return switch (type) {
      case "Channel::Whatsapp" -> "whatsapp";
      // Which of the two it carries is not told: what text messages take, WhatsApp takes too.
      case "Channel::TwilioSms", "Channel::Sms" -> "sms";
      case "Channel::FacebookPage", "Channel::Instagram" -> "facebook";
      case "Channel::Email" -> "email";
      case "Channel::WebWidget" -> "web";
      case "Channel::Api" -> "api";
      case "" -> "unknown";
      default -> type.replace("Channel::", "").toLowerCase(Locale.ROOT);
    };
  }
}
