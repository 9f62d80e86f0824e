package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.KnowledgeType;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `crew.knowledge.observed`: something that a crew or a feeder has seen.
public record Observation(
    String observationId,
    AccountId account,
    KnowledgeType type,
    String key,
    @Nullable String subject,
    SourceClass sourceClass,
    String source,
    Content text,
    Map<String, String> fields,
    double confidence,
    Instant observedAt) {

  public Observation {
    fields = Map.copyOf(fields);
  }
}
