package io.mcpcrew.simulators.chatwoot;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What happens to a conversation when somebody writes or acts: functions of the state before.
final class ConversationRules {
  private ConversationRules() {}

  static Status firstStatus(boolean botIsActive, boolean contactIsBlocked) {
    if (contactIsBlocked) {
      return Status.RESOLVED;
    }
    return botIsActive ? Status.PENDING : Status.OPEN;
  }

  static ConversationState afterMessage(
      ConversationState before, Message message, boolean botIsActive) {
    var moved =
        before.with(draft -> {
          draft.lastActivityAt = message.createdAt();
          draft.updatedAt = message.createdAt();
        });
    return switch (message.type()) {
      case INCOMING -> afterCustomerWrote(moved, message, botIsActive);
      case OUTGOING -> message.internal() ? moved : afterReply(moved, message);
      case ACTIVITY, TEMPLATE -> moved;
    };
  }

  private static ConversationState afterCustomerWrote(
      ConversationState before, Message message, boolean botIsActive) {
    return before.with(draft -> {
      draft.status = reopened(before.status(), botIsActive);
      draft.snoozedUntil = before.status() == Status.SNOOZED ? null : draft.snoozedUntil;
      draft.contactLastSeenAt = message.createdAt();
      draft.unread = before.unread() + 1;
      if (before.waitingSince() == null) {
        draft.waitingSince = message.createdAt();
      }
    });
  }

  private static Status reopened(Status status, boolean botIsActive) {
    return switch (status) {
      case RESOLVED -> botIsActive ? Status.PENDING : Status.OPEN;
      case SNOOZED -> Status.OPEN;
      case OPEN, PENDING -> status;
    };
  }

  private static ConversationState afterReply(ConversationState before, Message message) {
    return before.with(draft -> {
      draft.waitingSince = null;
      if (message.isFromHumanAgent()) {
        draft.agentLastSeenAt = message.createdAt();
        draft.unread = 0;
        if (before.firstReplyCreatedAt() == null) {
          draft.firstReplyCreatedAt = message.createdAt();
        }
      }
    });
  }

  /// A bot that opens a pending conversation hands it over; an agent (not an administrator) who
  /// opens one becomes its assignee.
  static ConversationState withStatus(
      ConversationState before,
      Status status,
      @Nullable Instant snoozedUntil,
      Actor actor,
      Instant now) {
    return before.with(draft -> {
      draft.status = status;
      draft.snoozedUntil = status == Status.SNOOZED ? snoozedUntil : null;
      draft.updatedAt = now;
      boolean opens = status == Status.OPEN;
      boolean handsOver = opens && before.status() == Status.PENDING;
      if (actor instanceof Actor.Bot && handsOver && before.waitingSince() == null) {
        draft.waitingSince = now;
      }
      if (actor instanceof Actor.User(var agent) && opens && agent.role().equals("agent")) {
        draft.assigneeId = agent.id();
        draft.assigneeBotId = null;
      }
    });
  }

  /// `toggle_status` without a status.
  static Status toggled(Status status) {
    return status == Status.OPEN ? Status.RESOLVED : Status.OPEN;
  }

  /// An assigned human takes the place of an assigned bot.
  static ConversationState assignedTo(
      ConversationState before, @Nullable Long agentId, Instant now) {
    return before.with(draft -> {
      draft.assigneeId = agentId;
      draft.assigneeBotId = agentId == null ? before.assigneeBotId() : null;
      draft.updatedAt = now;
    });
  }

  static ConversationState assignedToBot(ConversationState before, long botId, Instant now) {
    return before.with(draft -> {
      draft.assigneeId = null;
      draft.assigneeBotId = botId;
      draft.updatedAt = now;
    });
  }
}
