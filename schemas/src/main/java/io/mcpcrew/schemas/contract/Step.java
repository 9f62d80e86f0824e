package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.TurnId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A finished step, recorded so that a later attempt, a replay or a person can read it.
public record Step(
    TurnId turn,
    int attempt,
    String path,
    StepKind kind,
    String name,
    String argumentsHash,
    boolean succeeded,
    @Nullable Content result,
    @Nullable Content summary,
    Instant startedAt,
    long micros,
    int tokensIn,
    int tokensOut,
    long costMicros)
    implements WorkEvent {}
