package io.mcpcrew.schemas.contract;

import java.time.Instant;

/// `crew.ticks`: time as an event of the log.
public record Tick(Instant now, int partition) {}
