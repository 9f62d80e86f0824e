package io.mcpcrew.intent.ask;

import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.ConversationState;

/// Asks for a conversation's state.
@FunctionalInterface
public interface Conversations {

  Answer ask(ConversationKey key);

  /// What is known here.
  sealed interface Answer {

    /// As this instance has it; of the last milliseconds it may hold what is not committed yet.
    record Found(ConversationState state) implements Answer {}

    /// Nobody has written in it.
    record Unknown() implements Answer {}

    /// Another instance has it, at `host:port`.
    record Elsewhere(String address) implements Answer {}

    /// Nobody can say at the moment.
    record NotNow(String because) implements Answer {}
  }
}
