package io.mcpcrew.schemas.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A turn is on its way or with a worker.
public record Answering(
    Turn turn,
    @Nullable String worker,
    @Nullable Instant leaseUntil,
    @Nullable Instant writingUntil)
    implements Phase {}
