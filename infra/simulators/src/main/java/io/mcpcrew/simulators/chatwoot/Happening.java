package io.mcpcrew.simulators.chatwoot;

import io.mcpcrew.simulators.chatwoot.ConversationState.Change;
import java.util.List;

/// What has just happened, for those who tell others about it: webhooks and the demo page.
sealed interface Happening {
  Account account();

  record ConversationCreated(Account account, Conversation conversation) implements Happening {}

  record ConversationChanged(Account account, Conversation conversation, List<Change> changes)
      implements Happening {
    boolean statusChanged() {
      return changes.stream().anyMatch(change -> change.attribute().equals("status"));
    }
  }

  record MessageCreated(Account account, Conversation conversation, Message message)
      implements Happening {}

  record MessageUpdated(Account account, Conversation conversation, Message message)
      implements Happening {}

  record Typing(
      Account account, Conversation conversation, SenderRef who, boolean on, boolean internal)
      implements Happening {}

  record ContactCreated(Account account, Contact contact) implements Happening {}

  record ContactUpdated(Account account, Contact contact, List<Change> changes)
      implements Happening {}
}
