package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.ConversationKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A conversation as intent-stream keeps it. Its serialised form is what a transition's hashes are
/// over.
public record ConversationState(
    ConversationKey conversation,
    long sequence,
    Instant now,
    Seen seen,
    List<PendingMessage> pending,
    List<Line> history,
    List<Slot> memory,
    long turns,
    String channel,
    String inbox,
    @Nullable String contact,
    ConversationStatus status,
    @Nullable Instant statusAt,
    @Nullable String traceparent,
    Phase phase) {
  public ConversationState {
    pending = List.copyOf(pending);
    history = List.copyOf(history);
    memory = List.copyOf(memory);
  }
}
