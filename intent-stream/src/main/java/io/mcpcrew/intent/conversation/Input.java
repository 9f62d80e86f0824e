package io.mcpcrew.intent.conversation;

import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.Decision;
import io.mcpcrew.schemas.contract.Delivery;
import io.mcpcrew.schemas.contract.Work;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What can happen to a conversation.
public sealed interface Input {

  /// When the worker of the current attempt last gave a sign of life, where that is asked.
  default @Nullable Instant lastSign() {
    return null;
  }

  /// Somebody did something in the channel.
  record Happened(ConversationEvent event) implements Input {}

  /// A worker did something.
  ///
  /// @param position where it lies in the partition of `crew.work`
  /// @param lastSign when the worker of the current attempt last gave a sign of life, by that
  ///   partition's time
  record Worked(Work work, int partition, long position, @Nullable Instant lastSign)
      implements Input {}

  /// A tick was read after the conversation's timer had run out.
  ///
  /// @param lastSign as above
  record TimeCame(@Nullable Instant lastSign) implements Input {}

  /// The publisher has met a pause and gives a reply back.
  record Returned(Delivery delivery) implements Input {}

  /// A person of the company decided something elsewhere than in the channel.
  record Decided(Decision decision) implements Input {}

  /// The channel refuses a reply for good, or it got too old before it could be posted.
  record Undelivered(Delivery delivery) implements Input {}

  /// What another input would make of the conversation is larger than a record may be.
  record TooLarge() implements Input {}

  /// One of the account's places is the conversation's.
  record PlaceCame() implements Input {}
}
