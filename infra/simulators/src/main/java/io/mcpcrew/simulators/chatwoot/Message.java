package io.mcpcrew.simulators.chatwoot;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message as it is stored. There is no `echo_id`: Chatwoot does not keep it either.
///
/// @param conversation the conversation's display id
/// @param internal true for a private note
record Message(
    long id,
    long conversation,
    long inboxId,
    Type type,
    @Nullable String content,
    String contentType,
    Map<String, Object> contentAttributes,
    Map<String, Object> additionalAttributes,
    boolean internal,
    @Nullable String sourceId,
    @Nullable SenderRef sender,
    String status,
    List<Attachment> attachments,
    Instant createdAt,
    Instant updatedAt) {

  /// With the integer that stands for it in nested messages and API answers.
  enum Type {
    INCOMING(0),
    OUTGOING(1),
    ACTIVITY(2),
    TEMPLATE(3);

    private final int number;

    Type(int number) {
      this.number = number;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    int number() {
      return number;
    }
  }

  record Attachment(long id, String fileType, String name, String mime, long size, String key) {}

  /// Activity is for people's eyes only; everything else, private notes included, is sent out.
  boolean isSentToWebhooks() {
    return type != Type.ACTIVITY;
  }

  /// What lists show as a conversation's last message.
  boolean isPublicTalk() {
    return type != Type.ACTIVITY && !internal;
  }

  boolean isFromHumanAgent() {
    return type == Type.OUTGOING
        && !internal
        && sender != null
        && sender.kind() == SenderRef.Kind.USER;
  }

  Message deleted(Instant now) {
    return new Message(
        id,
        conversation,
        inboxId,
        type,
        "deleted",
        "text",
        Map.of("deleted", true),
        additionalAttributes,
        internal,
        sourceId,
        sender,
        status,
        List.of(),
        createdAt,
        now);
  }

  /// A customer has pressed one of its items. The content stays as it is.
  Message withSubmitted(List<Map<String, Object>> values, Instant now) {
    var attributes = new LinkedHashMap<>(contentAttributes);
    attributes.put("submitted_values", values);
    return new Message(
        id,
        conversation,
        inboxId,
        type,
        content,
        contentType,
        attributes,
        additionalAttributes,
        internal,
        sourceId,
        sender,
        status,
        attachments,
        createdAt,
        now);
  }

  /// Written at another time than it was.
  Message at(Instant time, Instant now) {
    return new Message(
        id,
        conversation,
        inboxId,
        type,
        content,
        contentType,
        contentAttributes,
        additionalAttributes,
        internal,
        sourceId,
        sender,
        status,
        attachments,
        time,
        now);
  }

  /// The channel's word on what became of it; only a failure has an error.
  Message withStatus(String newStatus, @Nullable String error, Instant now) {
    var attributes = new LinkedHashMap<>(contentAttributes);
    if (error != null) {
      attributes.put("external_error", error);
    }
    return new Message(
        id,
        conversation,
        inboxId,
        type,
        content,
        contentType,
        attributes,
        additionalAttributes,
        internal,
        sourceId,
        sender,
        newStatus,
        attachments,
        createdAt,
        now);
  }
}
