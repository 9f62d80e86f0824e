package io.mcpcrew.intent.conversation;

import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.Work;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What can happen to a conversation.
public sealed interface Input {

  /// Somebody did something in the channel.
  record Happened(ConversationEvent event) implements Input {}

  /// A worker did something.
  ///
  /// @param position where it lies in the partition of `crew.work`
  record Worked(Work work, int partition, long position) implements Input {}

  /// A tick was read after the conversation's timer had run out.
  ///
  /// @param lastSign when the worker of the current attempt last gave a sign of life, by the log's
  ///   time
  /// @param workRead the newest offset of `crew.work` that was read before; what comes later is
  ///   beyond the fence
  record TimeCame(@Nullable Instant lastSign, int partition, long workRead) implements Input {}
}
