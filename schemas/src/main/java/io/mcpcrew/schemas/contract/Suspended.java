package io.mcpcrew.schemas.contract;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A turn waits until a person approves or denies a write of it. It has no place and no worker
/// meanwhile.
///
/// @param until when nobody is waited for any more
/// @param open writes of which nobody knows yet what came of them
/// @param approvedAt since when the approved turn waits for one of the account's places; null while
///   nobody has approved it
/// @param told whether the customer, who wrote again, was told that somebody still has to look
public record Suspended(
    Turn turn,
    WantedWrite wanted,
    Instant since,
    Instant until,
    List<OpenWrite> open,
    @Nullable Instant approvedAt,
    boolean told)
    implements Phase {
  public Suspended {
    open = List.copyOf(open);
  }

  /// What a decision names to mean this approval and no other one.
  public String approval() {
    return "%s/%s#%s".formatted(turn.turn(), wanted.path(), wanted.argumentsHash());
  }
}
