package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.Bytes;
import java.time.Instant;

/// `crew.keys`: a contact's key, wrapped by the account's. A tombstone destroys it.
public record WrappedKey(
    AccountId account, String contact, String keyId, Bytes wrapped, Instant createdAt) {}
