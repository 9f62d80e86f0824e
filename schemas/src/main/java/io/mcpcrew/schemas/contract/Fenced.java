package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.TurnId;

/// Written by intent-stream, which alone gives an attempt up, and only when it reads this again:
/// what lies before it has been heard then, and nothing of the attempt that lies after it counts.
public record Fenced(TurnId turn, int attempt, String because) implements WorkEvent {}
