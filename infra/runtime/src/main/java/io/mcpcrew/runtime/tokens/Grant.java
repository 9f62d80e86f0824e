package io.mcpcrew.runtime.tokens;

import io.mcpcrew.schemas.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a verified token allows: this role, in this account and no other, until then.
///
/// @param subject the turn, the person or the service
public record Grant(AccountId account, Role role, String subject, @Nullable Instant expires) {}
