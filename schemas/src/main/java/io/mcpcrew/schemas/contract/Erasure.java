package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.AccountId;
import java.time.Instant;

/// `crew.erasures`: the right to be forgotten.
public record Erasure(AccountId account, String contact, String requestedBy, Instant requestedAt) {}
