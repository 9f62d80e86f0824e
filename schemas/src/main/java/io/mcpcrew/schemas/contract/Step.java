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
    implements WorkEvent {

  /// The place of the line that is said while a turn takes long; its result is the line.
  public static final String HOLDING = "holding";

  /// The customer is to be told what is being done.
  public boolean isHolding() {
    return path.equals(HOLDING) && kind == StepKind.DECISION;
  }
}
