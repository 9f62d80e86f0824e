package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.TurnId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `crew.decisions`: a person's word.
///
/// @param approval which approval is meant; what names another one, or one that is decided, changes
///   nothing
public record Decision(
    String decisionId,
    ConversationKey conversation,
    @Nullable TurnId turn,
    DecisionKind kind,
    String decidedBy,
    @Nullable Content text,
    Instant decidedAt,
    @Nullable String approval) {}
