package io.mcpcrew.schemas.contract;

import java.time.Instant;

/// Nothing is asked.
public record Quiet(Instant since) implements Phase {}
