package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.TurnId;
import java.time.Instant;

/// A write that is about to leave; acknowledged before it does.
public record Announced(
    TurnId turn,
    int attempt,
    String path,
    String tool,
    String argumentsHash,
    String idempotencyKey,
    EffectClass effect,
    Instant overAt)
    implements WorkEvent {}
