package io.mcpcrew.schemas.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Nothing is asked.
///
/// @param nextAt when the customer is asked whether anything is left, or the conversation is
///   closed; null for never
/// @param followedUp whether the customer was asked
public record Quiet(Instant since, @Nullable Instant nextAt, boolean followedUp) implements Phase {
  /// For good, as far as anybody knows.
  public Quiet(Instant since) {
    this(since, null, false);
  }
}
