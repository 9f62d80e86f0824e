package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.Content;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the channel said of the conversation when it told us of the event.
public record ConversationFacts(
    ConversationStatus status,
    boolean humanAssigned,
    List<String> labels,
    @Nullable Instant updatedAt,
    @Nullable String contact,
    @Nullable Content contactName,
    boolean canReply) {

  public ConversationFacts {
    labels = List.copyOf(labels);
  }
}
