package io.mcpcrew.simulators.chatwoot;

import io.mcpcrew.simulators.chatwoot.ChatwootSimulatorSettings.AgentSettings;
import io.mcpcrew.simulators.chatwoot.ChatwootSimulatorSettings.BotSettings;
import io.mcpcrew.simulators.chatwoot.ChatwootSimulatorSettings.TeamSettings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How Chatwoot writes people, attachments and nested messages inside other objects.
final class PushForms {
  private final AttachmentStore attachments;

  PushForms(AttachmentStore attachments) {
    this.attachments = attachments;
  }

  Map<String, @Nullable Object> contact(Contact contact) {
    return Fields.of(
        "additional_attributes", contact.additionalAttributes(),
        "blocked", contact.blocked(),
        "custom_attributes", contact.customAttributes(),
        "email", contact.email(),
        "id", contact.id(),
        "identifier", contact.identifier(),
        "name", contact.name(),
        "phone_number", contact.phoneNumber(),
        "thumbnail", "",
        "type", "contact");
  }

  Map<String, @Nullable Object> user(AgentSettings agent) {
    return Fields.of(
        "id", agent.id(),
        "name", agent.name(),
        "available_name", agent.name(),
        "avatar_url", "",
        "type", "user",
        "availability_status", agent.availability(),
        "thumbnail", "");
  }

  Map<String, @Nullable Object> bot(BotSettings bot) {
    return Fields.of("id", bot.id(), "name", bot.name(), "avatar_url", "", "type", "agent_bot");
  }

  Map<String, @Nullable Object> team(TeamSettings team) {
    return Fields.of("id", team.id(), "name", team.name());
  }

  @Nullable Map<String, @Nullable Object> sender(Account account, @Nullable SenderRef sender) {
    if (sender == null) {
      return null;
    }
    return switch (sender.kind()) {
      case CONTACT -> account.contacts().author(sender.id()).map(this::contact).orElse(null);
      case USER -> account.agent(sender.id()).map(this::user).orElse(null);
      case AGENT_BOT -> botOrNull(account);
    };
  }

  private @Nullable Map<String, @Nullable Object> botOrNull(Account account) {
    var bot = account.settings().bot();
    return bot == null ? null : bot(bot);
  }

  /// Who has the conversation: a person, else a bot, else nobody.
  @Nullable Map<String, @Nullable Object> assignee(Account account, ConversationState state) {
    if (state.assigneeId() != null) {
      return account.agent(state.assigneeId()).map(this::user).orElse(null);
    }
    return state.assigneeBotId() == null ? null : botOrNull(account);
  }

  static @Nullable String assigneeType(ConversationState state) {
    if (state.assigneeId() != null) {
      return "User";
    }
    return state.assigneeBotId() == null ? null : "AgentBot";
  }

  List<Map<String, @Nullable Object>> attachments(Account account, Message message) {
    return message.attachments().stream()
        .map(attachment -> attachment(account, message, attachment))
        .toList();
  }

  private Map<String, @Nullable Object> attachment(
      Account account, Message message, Message.Attachment attachment) {
    return Fields.of(
        "id", attachment.id(),
        "message_id", message.id(),
        "file_type", attachment.fileType(),
        "account_id", account.number(),
        "extension", null,
        "data_url", attachments.dataUrl(attachment),
        "thumb_url", attachments.thumbUrl(attachment),
        "file_size", attachment.size(),
        "width", null,
        "height", null);
  }

  /// A message inside a conversation: integer type and epoch time, unlike at a webhook's root.
  Map<String, @Nullable Object> message(
      Account account, ConversationState conversation, Message message) {
    var sender = message.sender();
    var fields =
        Fields.of(
            "id", message.id(),
            "content", message.content(),
            "account_id", account.number(),
            "inbox_id", message.inboxId(),
            "conversation_id", message.conversation(),
            "message_type", message.type().number(),
            "created_at", message.createdAt().getEpochSecond(),
            "updated_at", Fields.iso(message.updatedAt()),
            "private", message.internal(),
            "status", message.status(),
            "source_id", message.sourceId(),
            "content_type", message.contentType(),
            "content_attributes", message.contentAttributes(),
            "sender_type", sender == null ? null : sender.kind().rubyName(),
            "sender_id", sender == null ? null : sender.id(),
            "external_source_ids", Map.of(),
            "additional_attributes", message.additionalAttributes(),
            "processed_message_content", message.content(),
            "sentiment", Map.of(),
            "conversation", nestedConversation(account, conversation));
    var pushed = sender(account, sender);
    if (pushed != null) {
      fields.put("sender", pushed);
    }
    if (!message.attachments().isEmpty()) {
      fields.put("attachments", attachments(account, message));
    }
    return fields;
  }

  private static Map<String, @Nullable Object> nestedConversation(
      Account account, ConversationState state) {
    var address = account.contacts().address(state.contactId(), state.inboxId());
    return Fields.of(
        "assignee_id", state.assigneeId(),
        "unread_count", state.unread(),
        "last_activity_at", Fields.epoch(state.lastActivityAt()),
        "contact_inbox", Fields.of("source_id", address.map(ContactInbox::sourceId).orElse(null)));
  }
}
