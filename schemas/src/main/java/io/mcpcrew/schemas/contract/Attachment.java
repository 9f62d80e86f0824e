package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.Content;
import org.jspecify.annotations.Nullable;

/// A file that came with a message; its bytes stay where the channel keeps them.
public record Attachment(
    String kind, @Nullable Content name, @Nullable Content url, @Nullable Long bytes) {}
