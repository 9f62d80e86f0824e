package io.mcpcrew.schemas.contract;

/// A worker lives; one per worker and partition in which it holds turns.
public record Alive(int turns) implements WorkEvent {}
