package io.mcpcrew.ingest.timeline;

import io.mcpcrew.schemas.ConversationKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One line of a conversation's way.
///
/// @param id where in the log it comes from; the same line read twice is the same line
/// @param message the channel's number of the message that the line is about
public record TimelineLine(
    String id,
    ConversationKey conversation,
    @Nullable String turn,
    @Nullable Long message,
    Instant at,
    String stage,
    String text) {}
