package io.mcpcrew.simulators.chatwoot;

import io.mcpcrew.simulators.chatwoot.ChatwootSimulatorSettings.AgentSettings;
import io.mcpcrew.simulators.chatwoot.ChatwootSimulatorSettings.InboxSettings;
import io.mcpcrew.simulators.chatwoot.ChatwootSimulatorSettings.TeamSettings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the page is shown: regular, unlike what Chatwoot sends.
final class DemoViews {
  Map<String, @Nullable Object> account(Account account) {
    return Fields.of(
        "slug", account.settings().slug(),
        "number", account.number(),
        "name", account.settings().name(),
        "inboxes",
            account.settings().inboxes().stream()
                .map(inbox ->
                    Fields.of("id", inbox.id(), "name", inbox.name(), "channel", inbox.channel()))
                .toList(),
        "labels", account.settings().labels(),
        "teams", account.settings().teams().stream().map(TeamSettings::name).toList(),
        "agent", account.attendant().name());
  }

  Map<String, @Nullable Object> conversation(Account account, Conversation conversation) {
    ConversationState state = conversation.state();
    Message last = conversation.lastTalk();
    return Fields.of(
        "conversation", state.displayId(),
        "status", state.status().word(),
        "contact", account.contacts().find(state.contactId()).map(DemoViews::contact).orElse(null),
        "inbox", account.inbox(state.inboxId()).map(InboxSettings::name).orElse(null),
        "labels", state.labels(),
        "priority", state.priority(),
        "assignee", account.agent(state.assigneeId()).map(AgentSettings::name).orElse(null),
        "team", account.team(state.teamId()).map(TeamSettings::name).orElse(null),
        "unread", state.unread(),
        "lastActivityAt", Fields.iso(state.lastActivityAt()),
        "lastMessage", last == null ? null : message(account, last));
  }

  private static Map<String, @Nullable Object> contact(Contact contact) {
    return Fields.of("id", contact.id(), "name", contact.name(), "phone", contact.phoneNumber());
  }

  Map<String, @Nullable Object> messageEvent(
      Account account, Conversation conversation, Message message) {
    return Fields.of(
        "conversation", conversation.displayId(), "message", message(account, message));
  }

  Map<String, @Nullable Object> message(Account account, Message message) {
    return Fields.of(
        "id", message.id(),
        "kind", kind(message),
        "text", message.content(),
        "at", Fields.iso(message.createdAt()),
        "sender", sender(account, message.sender()),
        "private", message.internal(),
        "status", message.status(),
        "contentType", message.contentType(),
        "contentAttributes", message.contentAttributes(),
        "attachments", message.attachments().stream().map(DemoViews::attachment).toList());
  }

  /// `customer`, `agent`, `bot`, `activity` or `template`.
  private static String kind(Message message) {
    var sender = message.sender();
    return switch (message.type()) {
      case INCOMING -> "customer";
      case ACTIVITY -> "activity";
      case TEMPLATE -> "template";
      case OUTGOING ->
          sender != null && sender.kind() == SenderRef.Kind.AGENT_BOT ? "bot" : "agent";
    };
  }

  private static Map<String, @Nullable Object> attachment(Message.Attachment attachment) {
    return Fields.of(
        "type", attachment.fileType(),
        "name", attachment.name(),
        "mime", attachment.mime(),
        "size", attachment.size(),
        "url", AttachmentStore.localPath(attachment));
  }

  Map<String, @Nullable Object> typing(Happening.Typing typing) {
    return Fields.of(
        "conversation", typing.conversation().displayId(),
        "who", typing.who().kind() == SenderRef.Kind.CONTACT ? "customer" : "agent",
        "bot", typing.who().kind() == SenderRef.Kind.AGENT_BOT,
        "name", sender(typing.account(), typing.who()),
        "on", typing.on(),
        "private", typing.internal());
  }

  private static @Nullable String sender(Account account, @Nullable SenderRef sender) {
    if (sender == null) {
      return null;
    }
    return switch (sender.kind()) {
      case CONTACT -> account.contacts().find(sender.id()).map(Contact::name).orElse(null);
      case USER -> account.agent(sender.id()).map(AgentSettings::name).orElse(null);
      case AGENT_BOT -> botName(account);
    };
  }

  private static @Nullable String botName(Account account) {
    var bot = account.settings().bot();
    return bot == null ? null : bot.name();
  }

  List<Map<String, @Nullable Object>> messages(Account account, List<Message> messages) {
    return messages.stream().map(message -> message(account, message)).toList();
  }
}
