package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `crew.tenants`: `account/<version>` holds a version for ever, `account/current` names the one in
/// force.
public record TenantSettings(
    AccountId account,
    String version,
    @Nullable String document,
    String publishedBy,
    Instant publishedAt) {}
