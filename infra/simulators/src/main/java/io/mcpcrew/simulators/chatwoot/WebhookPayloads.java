package io.mcpcrew.simulators.chatwoot;

import io.mcpcrew.simulators.chatwoot.ChatwootSimulatorSettings.InboxSettings;
import io.mcpcrew.simulators.chatwoot.ConversationState.Change;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The bodies of webhooks, with every irregularity of the real ones.
///
/// They are made when the job runs, so a conversation is shown as it is then.
final class WebhookPayloads {
  private final PushForms forms;
  private final ConversationDesk desk;

  WebhookPayloads(PushForms forms, ConversationDesk desk) {
    this.forms = forms;
    this.desk = desk;
  }

  /// `message_created` and `message_updated`. The type is a word and the time ISO here; both are
  /// numbers in the nested messages. `attachments` is left out when there are none.
  Map<String, @Nullable Object> message(
      String event, Account account, Conversation conversation, Message message) {
    var fields =
        Fields.of(
            "account", account(account),
            "additional_attributes", message.additionalAttributes(),
            "content_attributes", message.contentAttributes(),
            "content_type", message.contentType(),
            "content", message.content(),
            "conversation", conversation(account, conversation),
            "created_at", Fields.iso(message.createdAt()),
            "id", message.id(),
            "inbox", inbox(account, message.inboxId()),
            "message_type", message.type().word(),
            "private", message.internal(),
            "sender", sender(account, message.sender()),
            "source_id", message.sourceId());
    if (!message.attachments().isEmpty()) {
      fields.put("attachments", forms.attachments(account, message));
    }
    fields.put("event", event);
    return fields;
  }

  /// `conversation_created`, `conversation_opened`, `conversation_resolved`: no account inside.
  Map<String, @Nullable Object> conversation(
      String event, Account account, Conversation conversation) {
    var fields = conversation(account, conversation);
    fields.put("event", event);
    return fields;
  }

  Map<String, @Nullable Object> changed(
      String event, Account account, Conversation conversation, List<Change> changes) {
    var fields = conversation(event, account, conversation);
    fields.put("changed_attributes", changes(changes));
    return fields;
  }

  Map<String, @Nullable Object> typing(
      String event, Account account, Conversation conversation, SenderRef who, boolean internal) {
    return Fields.of(
        "event",
        event,
        "user",
        forms.sender(account, who),
        "conversation",
        conversation(account, conversation),
        "is_private",
        internal);
  }

  Map<String, @Nullable Object> contact(
      String event, Account account, Contact contact, @Nullable List<Change> changes) {
    var fields = contact(account, contact);
    fields.put("event", event);
    if (changes != null) {
      fields.put("changed_attributes", changes(changes));
    }
    return fields;
  }

  private static List<Map<String, @Nullable Object>> changes(List<Change> changes) {
    return changes.stream()
        .map(change ->
            Fields.of(
                change.attribute(),
                Fields.of("previous_value", change.previous(), "current_value", change.current())))
        .toList();
  }

  /// A contact at the root has no `type`, other than users and bots.
  private static Map<String, @Nullable Object> contact(Account account, Contact contact) {
    return Fields.of(
        "account", account(account),
        "additional_attributes", contact.additionalAttributes(),
        "avatar", "",
        "custom_attributes", contact.customAttributes(),
        "email", contact.email(),
        "id", contact.id(),
        "identifier", contact.identifier(),
        "name", contact.name(),
        "phone_number", contact.phoneNumber(),
        "thumbnail", "",
        "blocked", contact.blocked());
  }

  private static @Nullable Map<String, @Nullable Object> sender(
      Account account, @Nullable SenderRef sender) {
    if (sender == null) {
      return null;
    }
    return switch (sender.kind()) {
      case CONTACT ->
          account.contacts().find(sender.id()).map(found -> contact(account, found)).orElse(null);
      case USER ->
          account
              .agent(sender.id())
              .map(agent ->
                  Fields.of(
                      "id",
                      agent.id(),
                      "name",
                      agent.name(),
                      "email",
                      agent.email(),
                      "type",
                      "user"))
              .orElse(null);
      case AGENT_BOT -> bot(account);
    };
  }

  private static @Nullable Map<String, @Nullable Object> bot(Account account) {
    var bot = account.settings().bot();
    return bot == null ? null : Fields.of("id", bot.id(), "name", bot.name(), "type", "agent_bot");
  }

  private static Map<String, @Nullable Object> account(Account account) {
    return Fields.of("id", account.number(), "name", account.settings().name());
  }

  private static Map<String, @Nullable Object> inbox(Account account, long id) {
    return Fields.of("id", id, "name", account.inbox(id).map(InboxSettings::name).orElse(null));
  }

  /// The conversation object of webhooks.
  private Map<String, @Nullable Object> conversation(Account account, Conversation conversation) {
    ConversationState state = conversation.state();
    Message last = conversation.lastTalk();
    return Fields.of(
        "additional_attributes", state.additionalAttributes(),
        "can_reply", desk.windowIsOpen(account, conversation),
        "channel", account.inbox(state.inboxId()).map(InboxSettings::channel).orElse(null),
        "contact_inbox", contactInbox(account, state),
        "id", state.displayId(),
        "inbox_id", state.inboxId(),
        "messages", last == null ? List.of() : List.of(forms.message(account, state, last)),
        "labels", state.labels(),
        "meta", meta(account, state),
        "status", state.status().word(),
        "custom_attributes", state.customAttributes(),
        "snoozed_until", Fields.isoOrNull(state.snoozedUntil()),
        "unread_count", state.unread(),
        "first_reply_created_at", Fields.isoOrNull(state.firstReplyCreatedAt()),
        "priority", state.priority(),
        "waiting_since", Fields.epoch(state.waitingSince()),
        "agent_last_seen_at", Fields.epoch(state.agentLastSeenAt()),
        "contact_last_seen_at", Fields.epoch(state.contactLastSeenAt()),
        "last_activity_at", Fields.epoch(state.lastActivityAt()),
        "timestamp", Fields.epoch(state.lastActivityAt()),
        "created_at", Fields.epoch(state.createdAt()),
        "updated_at", Fields.fractional(state.updatedAt()));
  }

  private Map<String, @Nullable Object> meta(Account account, ConversationState state) {
    return Fields.of(
        "sender", account.contacts().find(state.contactId()).map(forms::contact).orElse(null),
        "assignee", forms.assignee(account, state),
        "assignee_type", PushForms.assigneeType(state),
        "team", account.team(state.teamId()).map(forms::team).orElse(null),
        "hmac_verified", false);
  }

  static @Nullable Map<String, @Nullable Object> contactInbox(
      Account account, ConversationState state) {
    return account
        .contacts()
        .address(state.contactId(), state.inboxId())
        .map(address ->
            Fields.of(
                "id",
                address.id(),
                "contact_id",
                address.contactId(),
                "inbox_id",
                address.inboxId(),
                "source_id",
                address.sourceId(),
                "created_at",
                Fields.iso(address.createdAt()),
                "updated_at",
                Fields.iso(address.createdAt()),
                "hmac_verified",
                false))
        .orElse(null);
  }
}
