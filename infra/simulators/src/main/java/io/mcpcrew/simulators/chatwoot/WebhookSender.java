package io.mcpcrew.simulators.chatwoot;

import io.mcpcrew.simulators.chatwoot.ChatwootSimulatorSettings.BotSettings;
import io.mcpcrew.simulators.chatwoot.ChatwootSimulatorSettings.InboxSettings;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Decides who is told of what: account webhooks, API inboxes and agent bots, each by its own
/// rules. The same message may reach one receiver three times by design.
final class WebhookSender implements Consumer<Happening> {
  private final WebhookPayloads payloads;
  private final WebhookDelivery delivery;
  private final ConversationDesk desk;

  WebhookSender(WebhookPayloads payloads, WebhookDelivery delivery, ConversationDesk desk) {
    this.payloads = payloads;
    this.delivery = delivery;
    this.desk = desk;
  }

  @Override
  public void accept(Happening happening) {
    switch (happening) {
      case Happening.MessageCreated created -> message("message_created", created);
      case Happening.MessageUpdated(var account, var conversation, var message) ->
          message("message_updated", new Happening.MessageCreated(account, conversation, message));
      case Happening.ConversationCreated(var account, var conversation) ->
          toAccountAndInbox(
              account,
              conversation,
              "conversation_created",
              () -> payloads.conversation("conversation_created", account, conversation));
      case Happening.ConversationChanged changed -> changed(changed);
      case Happening.Typing typing -> typing(typing);
      case Happening.ContactCreated(var account, var contact) ->
          toAccount(
              account,
              "contact_created",
              contact.id(),
              () -> payloads.contact("contact_created", account, contact, null));
      case Happening.ContactUpdated(var account, var contact, var changes) ->
          toAccount(
              account,
              "contact_updated",
              contact.id(),
              () -> payloads.contact("contact_updated", account, contact, changes));
    }
  }

  private void message(String event, Happening.MessageCreated created) {
    Message message = created.message();
    if (!message.isSentToWebhooks()) {
      return;
    }
    Account account = created.account();
    Conversation conversation = created.conversation();
    Supplier<Map<String, @Nullable Object>> body =
        () -> payloads.message(event, account, conversation, message);
    toAccount(account, event, message.id(), body);
    apiInbox(account, conversation)
        .ifPresent(inbox ->
            delivery.enqueue(
                WebhookJob.toApiInbox(inbox, event, message.id(), body)
                    .whenFailed(error -> inboxFailed(event, created, error))));
    bot(account, conversation)
        .ifPresent(bot ->
            delivery.enqueue(
                WebhookJob.toBot(bot, event, message.id(), body)
                    .whenFailed(_ -> desk.botFailed(account, conversation))));
  }

  /// An API inbox is how an outgoing message leaves, so a failure marks the message.
  private void inboxFailed(String event, Happening.MessageCreated created, String error) {
    Message message = created.message();
    if (event.equals("message_created") && message.type() == Message.Type.OUTGOING) {
      desk.messageStatus(created.account(), created.conversation(), message.id(), "failed", error);
    }
  }

  private void changed(Happening.ConversationChanged changed) {
    Account account = changed.account();
    Conversation conversation = changed.conversation();
    toldAs("conversation_updated", changed);
    if (!changed.statusChanged()) {
      return;
    }
    toldAs("conversation_status_changed", changed);
    botEventOf(conversation.state().status())
        .ifPresent(event ->
            bot(account, conversation)
                .ifPresent(bot ->
                    delivery.enqueue(
                        WebhookJob.toBot(
                            bot,
                            event,
                            conversation.displayId(),
                            () -> payloads.conversation(event, account, conversation)))));
  }

  private void toldAs(String event, Happening.ConversationChanged changed) {
    Account account = changed.account();
    Conversation conversation = changed.conversation();
    toAccountAndInbox(
        account,
        conversation,
        event,
        () -> payloads.changed(event, account, conversation, changed.changes()));
  }

  private static Optional<String> botEventOf(Status status) {
    return switch (status) {
      case OPEN -> Optional.of("conversation_opened");
      case RESOLVED -> Optional.of("conversation_resolved");
      case PENDING, SNOOZED -> Optional.empty();
    };
  }

  private void typing(Happening.Typing typing) {
    String event = typing.on() ? "conversation_typing_on" : "conversation_typing_off";
    toAccountAndInbox(
        typing.account(),
        typing.conversation(),
        event,
        () ->
            payloads.typing(
                event, typing.account(), typing.conversation(), typing.who(), typing.internal()));
  }

  private void toAccountAndInbox(
      Account account,
      Conversation conversation,
      String event,
      Supplier<Map<String, @Nullable Object>> body) {
    toAccount(account, event, conversation.displayId(), body);
    apiInbox(account, conversation)
        .ifPresent(inbox ->
            delivery.enqueue(WebhookJob.toApiInbox(inbox, event, conversation.displayId(), body)));
  }

  private void toAccount(
      Account account, String event, long id, Supplier<Map<String, @Nullable Object>> body) {
    for (Webhook webhook : account.webhooks()) {
      if (webhook.wants(event)) {
        delivery.enqueue(WebhookJob.toAccount(webhook, event, id, body));
      }
    }
  }

  /// An API channel with an address; other channels never send webhooks of their own.
  private static Optional<InboxSettings> apiInbox(Account account, Conversation conversation) {
    return account
        .inbox(conversation.state().inboxId())
        .filter(inbox -> inbox.channel().equals("Channel::Api") && inbox.webhookUrl() != null);
  }

  private static Optional<BotSettings> bot(Account account, Conversation conversation) {
    ConversationState state = conversation.state();
    var assigned =
        Optional.ofNullable(account.settings().bot()).filter(_ -> state.assigneeBotId() != null);
    return account.botOf(state.inboxId()).or(() -> assigned).filter(bot -> bot.url() != null);
  }

  /// One webhook call that is to be made.
  record WebhookJob(
      Kind kind,
      URI url,
      @Nullable String secret,
      String event,
      long id,
      Supplier<Map<String, @Nullable Object>> body,
      Consumer<String> failed) {
    enum Kind {
      ACCOUNT,
      API_INBOX,
      AGENT_BOT
    }

    static WebhookJob toAccount(
        Webhook webhook, String event, long id, Supplier<Map<String, @Nullable Object>> body) {
      return new WebhookJob(
          Kind.ACCOUNT, webhook.url(), webhook.secret(), event, id, body, _ -> {});
    }

    static WebhookJob toApiInbox(
        InboxSettings inbox, String event, long id, Supplier<Map<String, @Nullable Object>> body) {
      return new WebhookJob(
          Kind.API_INBOX,
          required(inbox.webhookUrl()),
          inbox.webhookSecret(),
          event,
          id,
          body,
          _ -> {});
    }

    static WebhookJob toBot(
        BotSettings bot, String event, long id, Supplier<Map<String, @Nullable Object>> body) {
      return new WebhookJob(
          Kind.AGENT_BOT, required(bot.url()), bot.secret(), event, id, body, _ -> {});
    }

    WebhookJob whenFailed(Consumer<String> then) {
      return new WebhookJob(kind, url, secret, event, id, body, then);
    }

    private static URI required(@Nullable URI url) {
      return Objects.requireNonNull(url, "only those with an address are told");
    }
  }
}
