package io.mcpcrew.simulators.chatwoot;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All of a conversation but its messages. A change makes a new one, so that what changed can be
/// said by comparing two.
///
/// @param displayId unique only inside the account; the id of every API path
/// @param unread incoming messages since an agent last looked or wrote
record ConversationState(
    long displayId,
    String uuid,
    long inboxId,
    long contactId,
    Status status,
    List<String> labels,
    @Nullable Long assigneeId,
    @Nullable Long assigneeBotId,
    @Nullable Long teamId,
    @Nullable String priority,
    Map<String, Object> customAttributes,
    Map<String, Object> additionalAttributes,
    @Nullable Instant snoozedUntil,
    @Nullable Instant waitingSince,
    @Nullable Instant firstReplyCreatedAt,
    @Nullable Instant agentLastSeenAt,
    @Nullable Instant contactLastSeenAt,
    int unread,
    Instant lastActivityAt,
    Instant createdAt,
    Instant updatedAt) {

  /// One entry of `changed_attributes`, in the shape in which it is sent.
  record Change(String attribute, @Nullable Object previous, @Nullable Object current) {}

  ConversationState with(Consumer<Draft> edit) {
    var draft = new Draft(this);
    edit.accept(draft);
    return draft.build(this);
  }

  /// The differences that Chatwoot tells about with `conversation_updated`, and no others.
  List<Change> changesSince(ConversationState before) {
    List<Change> changes = new ArrayList<>();
    note(changes, "team_id", before.teamId, teamId);
    note(changes, "assignee_id", before.assigneeId, assigneeId);
    note(changes, "assignee_agent_bot_id", before.assigneeBotId, assigneeBotId);
    note(changes, "status", before.status.word(), status.word());
    note(changes, "snoozed_until", iso(before.snoozedUntil), iso(snoozedUntil));
    note(changes, "custom_attributes", before.customAttributes, customAttributes);
    note(changes, "label_list", before.labels, labels);
    note(changes, "waiting_since", iso(before.waitingSince), iso(waitingSince));
    note(
        changes,
        "first_reply_created_at",
        iso(before.firstReplyCreatedAt),
        iso(firstReplyCreatedAt));
    note(changes, "priority", before.priority, priority);
    return changes;
  }

  private static void note(
      List<Change> changes, String attribute, @Nullable Object previous, @Nullable Object current) {
    if (!Objects.equals(previous, current)) {
      changes.add(new Change(attribute, previous, current));
    }
  }

  private static @Nullable String iso(@Nullable Instant time) {
    return Fields.isoOrNull(time);
  }

  /// The parts that may change, open for editing.
  static final class Draft {
    long contactId;
    Status status;
    List<String> labels;
    @Nullable Long assigneeId;
    @Nullable Long assigneeBotId;
    @Nullable Long teamId;
    @Nullable String priority;
    Map<String, Object> customAttributes;
    @Nullable Instant snoozedUntil;
    @Nullable Instant waitingSince;
    @Nullable Instant firstReplyCreatedAt;
    @Nullable Instant agentLastSeenAt;
    @Nullable Instant contactLastSeenAt;
    int unread;
    Instant lastActivityAt;
    Instant updatedAt;

    private Draft(ConversationState state) {
      contactId = state.contactId;
      status = state.status;
      labels = state.labels;
      assigneeId = state.assigneeId;
      assigneeBotId = state.assigneeBotId;
      teamId = state.teamId;
      priority = state.priority;
      customAttributes = state.customAttributes;
      snoozedUntil = state.snoozedUntil;
      waitingSince = state.waitingSince;
      firstReplyCreatedAt = state.firstReplyCreatedAt;
      agentLastSeenAt = state.agentLastSeenAt;
      contactLastSeenAt = state.contactLastSeenAt;
      unread = state.unread;
      lastActivityAt = state.lastActivityAt;
      updatedAt = state.updatedAt;
    }

    private ConversationState build(ConversationState from) {
      return new ConversationState(
          from.displayId,
          from.uuid,
          from.inboxId,
          contactId,
          status,
          labels,
          assigneeId,
          assigneeBotId,
          teamId,
          priority,
          customAttributes,
          from.additionalAttributes,
          snoozedUntil,
          waitingSince,
          firstReplyCreatedAt,
          agentLastSeenAt,
          contactLastSeenAt,
          unread,
          lastActivityAt,
          from.createdAt,
          updatedAt);
    }
  }
}
