package io.mcpcrew.schemas.contract;

import java.time.Instant;

/// `crew.work`: what workers do; the order of a turn is the order of this topic.
public record Work(String worker, Instant at, WorkEvent event) {}
