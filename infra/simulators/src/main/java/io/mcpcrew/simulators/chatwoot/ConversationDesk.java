package io.mcpcrew.simulators.chatwoot;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Every change to a conversation: applied, journalled and told to the listeners inside the
/// conversation's lock, so that all of them see the changes in one order.
final class ConversationDesk {
  private static final int LONGEST_CONTENT = 150_000;

  private final Installation installation;
  private final int messagesPerMinute;
  private final Supplier<String> uuids;

  ConversationDesk(Installation installation, int messagesPerMinute, Supplier<String> uuids) {
    this.installation = installation;
    this.messagesPerMinute = messagesPerMinute;
    this.uuids = uuids;
  }

  /// What a new conversation begins with; null status means that the rules decide.
  record Opening(
      long inboxId,
      long contactId,
      @Nullable Status status,
      @Nullable Long assigneeId,
      @Nullable Long teamId,
      Map<String, Object> customAttributes,
      Map<String, Object> additionalAttributes) {}

  Conversation open(Account account, Opening opening) {
    var state = firstState(account, opening, installation.clock().instant());
    var conversation = new Conversation(state);
    installation.appendNow(Row.of(account.number(), state, null));
    account.add(conversation);
    installation.publish(new Happening.ConversationCreated(account, conversation));
    return conversation;
  }

  private ConversationState firstState(Account account, Opening opening, Instant now) {
    boolean blocked = account.contacts().get(opening.contactId()).blocked();
    boolean bot = account.botOf(opening.inboxId()).isPresent();
    var status = opening.status();
    return new ConversationState(
        account.nextDisplayId(),
        uuids.get(),
        opening.inboxId(),
        opening.contactId(),
        status == null ? ConversationRules.firstStatus(bot, blocked) : status,
        List.of(),
        opening.assigneeId(),
        null,
        opening.teamId(),
        null,
        opening.customAttributes(),
        opening.additionalAttributes(),
        null,
        null,
        null,
        null,
        null,
        0,
        now,
        now,
        now);
  }

  Message post(Account account, Conversation conversation, NewMessage draft) {
    refuseInvalid(draft);
    return conversation.exclusively(() -> {
      Instant now = installation.clock().instant();
      boolean counted = draft.type() != Message.Type.ACTIVITY;
      if (counted && conversation.isFlooded(messagesPerMinute, now)) {
        throw Refused.unprocessable("Validation failed: Too many messages");
      }
      boolean open = windowIsOpen(account, conversation);
      Message message = store(account, conversation, draft, now);
      if (MessagingWindow.refuses(open, message)) {
        messageStatus(account, conversation, message.id(), "failed", MessagingWindow.CLOSED);
      }
      return message;
    });
  }

  /// What Chatwoot calls `can_reply`.
  boolean windowIsOpen(Account account, Conversation conversation) {
    String channel =
        account
            .inbox(conversation.state().inboxId())
            .map(ChatwootSimulatorSettings.InboxSettings::channel)
            .orElse("");
    return MessagingWindow.isOpen(channel, conversation.lastIncomingAt(), now());
  }

  /// Time passes: the customer's last message was so much earlier.
  void age(Account account, Conversation conversation, Duration by) {
    Message last = conversation.lastIncoming().orElseThrow(Refused::notFound);
    replace(
        account,
        conversation,
        last.id(),
        (message, now) -> message.at(message.createdAt().minus(by), now));
  }

  private Message store(Account account, Conversation conversation, NewMessage draft, Instant now) {
    ConversationState before = conversation.state();
    boolean bot = account.botOf(before.inboxId()).isPresent();
    Message message = draft.stored(installation.ids().messages.next(), before, now);
    conversation.put(message);
    ConversationState after = ConversationRules.afterMessage(before, message, bot);
    conversation.become(after);
    account.moved(before, after);
    installation.append(Row.of(account.number(), after, message));
    installation.publish(new Happening.MessageCreated(account, conversation, message));
    tellChanges(account, conversation, before, after);
    return message;
  }

  private static void refuseInvalid(NewMessage draft) {
    String content = draft.content();
    if (content != null && content.length() > LONGEST_CONTENT) {
      throw Refused.unprocessable(
          "Validation failed: Content is too long (maximum is 150000 characters)");
    }
    if (draft.attachments().size() > 15) {
      throw Refused.unprocessable("Validation failed: Attachments exceeded maximum allowed");
    }
  }

  Message delete(Account account, Conversation conversation, long messageId) {
    return replace(account, conversation, messageId, (message, now) -> message.deleted(now));
  }

  Message messageStatus(
      Account account,
      Conversation conversation,
      long messageId,
      String status,
      @Nullable String error) {
    return replace(
        account, conversation, messageId, (message, now) -> message.withStatus(status, error, now));
  }

  /// What a customer presses in the web widget: the message with the items carries it from then on.
  Message submit(
      Account account,
      Conversation conversation,
      long messageId,
      List<Map<String, Object>> values) {
    return replace(
        account, conversation, messageId, (message, now) -> message.withSubmitted(values, now));
  }

  private Message replace(
      Account account,
      Conversation conversation,
      long messageId,
      java.util.function.BiFunction<Message, Instant, Message> edit) {
    return conversation.exclusively(() -> {
      Message before = conversation.message(messageId).orElseThrow(Refused::notFound);
      Message after = edit.apply(before, installation.clock().instant());
      conversation.put(after);
      installation.append(Row.of(account.number(), conversation.state(), after));
      installation.publish(new Happening.MessageUpdated(account, conversation, after));
      return after;
    });
  }

  /// Sets a status, or toggles it when `wanted` is null. Nothing happens when it is that already.
  ConversationState status(
      Account account,
      Conversation conversation,
      @Nullable Status wanted,
      @Nullable Instant snoozedUntil,
      Actor actor) {
    return conversation.exclusively(() -> {
      ConversationState before = conversation.state();
      Status next = wanted == null ? ConversationRules.toggled(before.status()) : wanted;
      ConversationState after =
          change(
              account,
              conversation,
              state -> ConversationRules.withStatus(state, next, snoozedUntil, actor, now()));
      if (before.status() != after.status()) {
        note(account, conversation, ActivityTexts.status(next, actor));
      }
      return after;
    });
  }

  /// Chatwoot's answer to an agent bot that could not be reached: people take over.
  void botFailed(Account account, Conversation conversation) {
    conversation.exclusively(() -> {
      if (conversation.state().status() == Status.PENDING) {
        change(
            account,
            conversation,
            state ->
                ConversationRules.withStatus(state, Status.OPEN, null, new Actor.Machine(), now()));
        note(account, conversation, ActivityTexts.BOT_FAILED);
      }
      return conversation.state();
    });
  }

  void assign(Account account, Conversation conversation, @Nullable Long agentId, Actor actor) {
    conversation.exclusively(() -> {
      Long before = conversation.state().assigneeId();
      change(account, conversation, state -> ConversationRules.assignedTo(state, agentId, now()));
      if (!Objects.equals(before, agentId)) {
        note(
            account,
            conversation,
            account
                .agent(agentId)
                .map(agent -> ActivityTexts.assigned(agent.name(), actor))
                .orElseGet(() -> ActivityTexts.unassigned(actor)));
      }
      return conversation.state();
    });
  }

  void assignBot(Account account, Conversation conversation, long botId) {
    change(account, conversation, state -> ConversationRules.assignedToBot(state, botId, now()));
  }

  void label(Account account, Conversation conversation, List<String> labels, Actor actor) {
    conversation.exclusively(() -> {
      List<String> before = conversation.state().labels();
      List<String> after = labels.stream().distinct().toList();
      change(account, conversation, state -> state.with(draft -> draft.labels = after));
      noteLabels(account, conversation, before, after, actor);
      return after;
    });
  }

  private void noteLabels(
      Account account,
      Conversation conversation,
      List<String> before,
      List<String> after,
      Actor actor) {
    List<String> added = new ArrayList<>(after);
    added.removeAll(before);
    List<String> removed = new ArrayList<>(before);
    removed.removeAll(after);
    if (!added.isEmpty() || !removed.isEmpty()) {
      note(account, conversation, ActivityTexts.labels(added, removed, actor));
    }
  }

  /// Any further change that has no rules of its own.
  ConversationState change(
      Account account,
      Conversation conversation,
      Function<ConversationState, ConversationState> edit) {
    return conversation.exclusively(() -> {
      ConversationState before = conversation.state();
      ConversationState edited = edit.apply(before);
      if (edited.changesSince(before).isEmpty() && edited.unread() == before.unread()) {
        return before;
      }
      ConversationState after = edited.with(draft -> draft.updatedAt = now());
      conversation.become(after);
      account.moved(before, after);
      installation.append(Row.of(account.number(), after, null));
      tellChanges(account, conversation, before, after);
      return after;
    });
  }

  /// The conversation's contact has become part of another.
  void give(Account account, Conversation conversation, long contactId) {
    conversation.exclusively(() -> {
      var after = conversation.state().with(draft -> draft.contactId = contactId);
      conversation.become(after);
      installation.append(Row.of(account.number(), after, null));
      return after;
    });
  }

  void typing(
      Account account, Conversation conversation, SenderRef who, boolean on, boolean internal) {
    installation.publish(new Happening.Typing(account, conversation, who, on, internal));
  }

  private void tellChanges(
      Account account,
      Conversation conversation,
      ConversationState before,
      ConversationState after) {
    var changes = after.changesSince(before);
    if (!changes.isEmpty()) {
      installation.publish(new Happening.ConversationChanged(account, conversation, changes));
    }
  }

  private void note(Account account, Conversation conversation, String text) {
    store(account, conversation, NewMessage.text(Message.Type.ACTIVITY, text, null), now());
  }

  private Instant now() {
    return installation.clock().instant();
  }
}
