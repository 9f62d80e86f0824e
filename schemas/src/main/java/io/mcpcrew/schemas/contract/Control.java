package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.TurnId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `crew.control`: advice to workers; a worker that misses it does no harm.
public record Control(
    AccountId account,
    @Nullable TurnId turn,
    @Nullable Integer attempt,
    ControlKind kind,
    String reason,
    Instant at) {}
