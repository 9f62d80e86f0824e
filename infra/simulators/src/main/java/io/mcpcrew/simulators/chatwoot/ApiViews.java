package io.mcpcrew.simulators.chatwoot;

import io.mcpcrew.simulators.chatwoot.ChatwootSimulatorSettings.AgentSettings;
import io.mcpcrew.simulators.chatwoot.ChatwootSimulatorSettings.InboxSettings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The bodies of API answers.
final class ApiViews {
  private final PushForms forms;
  private final ConversationDesk desk;

  ApiViews(PushForms forms, ConversationDesk desk) {
    this.forms = forms;
    this.desk = desk;
  }

  /// `echoId` is only known while a message is being created.
  Map<String, @Nullable Object> message(Account account, Message message, @Nullable String echoId) {
    var fields =
        Fields.of(
            "id", message.id(),
            "content", message.content(),
            "inbox_id", message.inboxId());
    if (echoId != null) {
      fields.put("echo_id", echoId);
    }
    fields.put("conversation_id", message.conversation());
    fields.put("message_type", message.type().number());
    fields.put("content_type", message.contentType());
    fields.put("status", message.status());
    fields.put("content_attributes", message.contentAttributes());
    fields.put("created_at", message.createdAt().getEpochSecond());
    fields.put("private", message.internal());
    fields.put("source_id", message.sourceId());
    var sender = forms.sender(account, message.sender());
    if (sender != null) {
      fields.put("sender", sender);
    }
    if (!message.attachments().isEmpty()) {
      fields.put("attachments", forms.attachments(account, message));
    }
    return fields;
  }

  Map<String, @Nullable Object> messages(
      Account account, ConversationState state, List<Message> messages) {
    return Fields.of(
        "meta",
            Fields.of(
                "labels", state.labels(),
                "additional_attributes", state.additionalAttributes(),
                "contact",
                    account.contacts().find(state.contactId()).map(forms::contact).orElse(null),
                "assignee", forms.assignee(account, state),
                "agent_last_seen_at", Fields.isoOrNull(state.agentLastSeenAt()),
                "assignee_last_seen_at", null),
        "payload", messages.stream().map(message -> message(account, message, null)).toList());
  }

  Map<String, @Nullable Object> conversation(Account account, Conversation conversation) {
    ConversationState state = conversation.state();
    Message last = conversation.lastTalk();
    var lastForm = last == null ? null : forms.message(account, state, last);
    return Fields.of(
        "meta", meta(account, state),
        "id", state.displayId(),
        "messages", lastForm == null ? List.of() : List.of(lastForm),
        "account_id", account.number(),
        "uuid", state.uuid(),
        "additional_attributes", state.additionalAttributes(),
        "agent_last_seen_at", Fields.epoch(state.agentLastSeenAt()),
        "assignee_last_seen_at", 0,
        "can_reply", desk.windowIsOpen(account, conversation),
        "contact_last_seen_at", Fields.epoch(state.contactLastSeenAt()),
        "custom_attributes", state.customAttributes(),
        "inbox_id", state.inboxId(),
        "labels", state.labels(),
        "muted", false,
        "snoozed_until", Fields.isoOrNull(state.snoozedUntil()),
        "status", state.status().word(),
        "created_at", Fields.epoch(state.createdAt()),
        "updated_at", Fields.fractional(state.updatedAt()),
        "timestamp", Fields.epoch(state.lastActivityAt()),
        "first_reply_created_at", Fields.epoch(state.firstReplyCreatedAt()),
        "unread_count", state.unread(),
        "last_non_activity_message", lastForm,
        "last_activity_at", Fields.epoch(state.lastActivityAt()),
        "priority", state.priority(),
        "waiting_since", Fields.epoch(state.waitingSince()),
        "sla_policy_id", null);
  }

  private Map<String, @Nullable Object> meta(Account account, ConversationState state) {
    var meta =
        Fields.of(
            "sender", account.contacts().find(state.contactId()).map(forms::contact).orElse(null),
            "channel", account.inbox(state.inboxId()).map(InboxSettings::channel).orElse(null));
    var assignee = forms.assignee(account, state);
    if (assignee != null) {
      meta.put("assignee", assignee);
    }
    meta.put("assignee_type", PushForms.assigneeType(state));
    account.team(state.teamId()).ifPresent(team -> meta.put("team", forms.team(team)));
    meta.put("hmac_verified", false);
    return meta;
  }

  Map<String, @Nullable Object> contact(Account account, Contact contact) {
    return Fields.of(
        "additional_attributes", contact.additionalAttributes(),
        "availability_status", "offline",
        "email", contact.email(),
        "id", contact.id(),
        "name", contact.name(),
        "phone_number", contact.phoneNumber(),
        "blocked", contact.blocked(),
        "identifier", contact.identifier(),
        "thumbnail", "",
        "custom_attributes", contact.customAttributes(),
        "created_at", Fields.epoch(contact.createdAt()),
        "contact_inboxes",
            account.contacts().addressesOf(contact.id()).stream()
                .map(address -> contactInbox(account, address))
                .toList());
  }

  Map<String, @Nullable Object> contactInbox(Account account, ContactInbox address) {
    return Fields.of(
        "source_id", address.sourceId(),
        "inbox", account.inbox(address.inboxId()).map(ApiViews::inbox).orElse(null));
  }

  static Map<String, @Nullable Object> inbox(InboxSettings inbox) {
    return Fields.of(
        "id",
        inbox.id(),
        "avatar_url",
        "",
        "channel_id",
        inbox.id(),
        "name",
        inbox.name(),
        "channel_type",
        inbox.channel(),
        "greeting_enabled",
        false,
        "greeting_message",
        null,
        "working_hours_enabled",
        false,
        "out_of_office_message",
        null,
        "timezone",
        "America/Sao_Paulo",
        "enable_auto_assignment",
        false,
        "csat_survey_enabled",
        false,
        "allow_messages_after_resolved",
        true,
        "webhook_url",
        inbox.webhookUrl() == null ? null : inbox.webhookUrl().toString());
  }

  static Map<String, @Nullable Object> agent(Account account, AgentSettings agent) {
    return Fields.of(
        "id", agent.id(),
        "account_id", account.number(),
        "availability_status", agent.availability(),
        "auto_offline", true,
        "confirmed", true,
        "email", agent.email(),
        "available_name", agent.name(),
        "name", agent.name(),
        "role", agent.role(),
        "thumbnail", "");
  }

  static Map<String, @Nullable Object> webhook(Account account, Webhook webhook) {
    return Fields.of(
        "id", webhook.id(),
        "name", webhook.name(),
        "url", webhook.url().toString(),
        "account_id", account.number(),
        "subscriptions", webhook.subscriptions(),
        "secret", webhook.secret());
  }
}
