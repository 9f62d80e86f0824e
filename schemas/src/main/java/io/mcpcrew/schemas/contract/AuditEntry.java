package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `crew.audit`: who did what to whose data; references only.
public record AuditEntry(
    AccountId account,
    String service,
    String actor,
    String role,
    String action,
    String target,
    boolean allowed,
    String reason,
    @Nullable String requestId,
    Instant at) {}
