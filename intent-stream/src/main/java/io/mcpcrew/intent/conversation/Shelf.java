package io.mcpcrew.intent.conversation;

import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.Places;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of an account before an input is heard. Only read here: whoever keeps it takes the
/// changes from what [AccountGate] returns.
public interface Shelf {

  /// A conversation in the account's queue.
  record Waiter(Instant since, ConversationKey conversation) {}

  @Nullable ConversationState conversation(ConversationKey key);

  /// What the account's conversations share.
  Places places(AccountId account);

  /// Who has waited longest for a place, or longest after another.
  Optional<Waiter> nextWaiting(AccountId account, @Nullable Waiter after);
}
