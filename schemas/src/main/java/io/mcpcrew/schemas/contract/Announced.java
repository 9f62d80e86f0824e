package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.TurnId;
import java.time.Instant;

/// A write that is about to leave; acknowledged before it does.
///
/// @param overAt by the worker's clock; for people, not for decisions
/// @param takesMs how long the call may take once it has left, at most
public record Announced(
    TurnId turn,
    int attempt,
    String path,
    String tool,
    String argumentsHash,
    String idempotencyKey,
    EffectClass effect,
    Instant overAt,
    long takesMs)
    implements WorkEvent {}
