package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.TurnId;

/// A worker has taken a turn; in the same transaction as its offset.
public record Claimed(TurnId turn, int attempt) implements WorkEvent {}
