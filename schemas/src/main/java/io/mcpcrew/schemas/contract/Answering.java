package io.mcpcrew.schemas.contract;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A turn is on its way or with a worker.
///
/// @param worker who has claimed this attempt; null while nobody has
/// @param leaseUntil until when the worker need not have given a sign
/// @param open writes of this attempt and of those before it
/// @param fencedAt when a fence was written that was not read yet
public record Answering(
    Turn turn,
    @Nullable String worker,
    @Nullable Instant leaseUntil,
    List<OpenWrite> open,
    @Nullable Instant fencedAt)
    implements Phase {
  public Answering {
    open = List.copyOf(open);
  }
}
