package io.mcpcrew.schemas.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A person has the conversation; the agent is silent.
///
/// @param waitsUntil when both sides are told that the customer still waits for the person; null
///   when nobody waits or they were told
/// @param until when the agent has the word again by itself; null when a person or the channel
///   gives it back
public record HumanHeld(
    Instant since, String because, @Nullable Instant waitsUntil, @Nullable Instant until)
    implements Phase {

  public HumanHeld(Instant since, String because) {
    this(since, because, null, null);
  }

  public HumanHeld waitingUntil(@Nullable Instant told) {
    return new HumanHeld(since, because, told, until);
  }
}
