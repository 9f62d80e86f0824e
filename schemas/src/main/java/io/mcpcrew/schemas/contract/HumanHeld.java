package io.mcpcrew.schemas.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A person has the conversation; the agent is silent.
///
/// @param waitsUntil when both sides are told that the customer still waits for the person; null
///   when nobody waits or they were told
public record HumanHeld(Instant since, String because, @Nullable Instant waitsUntil)
    implements Phase {}
