package io.mcpcrew.schemas.contract;

import org.jspecify.annotations.Nullable;

/// A tool that a server offers, as pinned.
public record Tool(
    String name,
    String remoteName,
    @Nullable String capability,
    String title,
    String description,
    String inputSchema,
    @Nullable String outputSchema,
    EffectClass effect,
    @Nullable String checkedBy,
    String pin) {}
