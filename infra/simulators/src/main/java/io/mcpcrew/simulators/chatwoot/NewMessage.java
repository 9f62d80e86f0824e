package io.mcpcrew.simulators.chatwoot;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message before it has an id and a time.
record NewMessage(
    Message.Type type,
    @Nullable String content,
    String contentType,
    Map<String, Object> contentAttributes,
    Map<String, Object> additionalAttributes,
    boolean internal,
    @Nullable String sourceId,
    @Nullable SenderRef sender,
    List<Message.Attachment> attachments) {

  static NewMessage text(Message.Type type, @Nullable String content, @Nullable SenderRef sender) {
    return new NewMessage(
        type, content, "text", Map.of(), Map.of(), false, null, sender, List.of());
  }

  NewMessage withAttachments(List<Message.Attachment> attached) {
    return new NewMessage(
        type,
        content,
        contentType,
        contentAttributes,
        additionalAttributes,
        internal,
        sourceId,
        sender,
        attached);
  }

  NewMessage asNote(boolean note) {
    return new NewMessage(
        type,
        content,
        contentType,
        contentAttributes,
        additionalAttributes,
        note,
        sourceId,
        sender,
        attachments);
  }

  Message stored(long id, ConversationState conversation, Instant now) {
    return new Message(
        id,
        conversation.displayId(),
        conversation.inboxId(),
        type,
        content,
        contentType,
        contentAttributes,
        additionalAttributes,
        internal,
        sourceId,
        sender,
        "sent",
        attachments,
        now,
        now);
  }
}
