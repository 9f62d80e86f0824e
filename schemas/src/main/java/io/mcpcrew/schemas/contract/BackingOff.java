package io.mcpcrew.schemas.contract;

import java.time.Instant;

/// An attempt failed; the next one waits.
public record BackingOff(Turn turn, Instant until, String because) implements Phase {}
