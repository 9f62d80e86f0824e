package io.mcpcrew.simulators.chatwoot;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A customer. E-mail, phone number and identifier are each unique in their account.
record Contact(
    long id,
    String name,
    @Nullable String email,
    @Nullable String phoneNumber,
    @Nullable String identifier,
    Map<String, Object> customAttributes,
    Map<String, Object> additionalAttributes,
    boolean blocked,
    Instant createdAt) {}
