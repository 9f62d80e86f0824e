package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.KnowledgeType;
import java.time.Instant;

/// `crew.knowledge.disputes`: two sources disagree; a person settles it.
public record Dispute(
    AccountId account,
    KnowledgeType type,
    String key,
    KnowledgeItem held,
    Observation claimed,
    Instant raisedAt) {}
