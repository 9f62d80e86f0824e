package io.mcpcrew.schemas.contract;

import java.time.Instant;

/// The customer may still be writing.
public record Gathering(Instant since, Instant closesAt) implements Phase {}
