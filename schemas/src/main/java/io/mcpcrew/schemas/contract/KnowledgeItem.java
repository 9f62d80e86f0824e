package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.KnowledgeType;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `crew.knowledge`: what holds now. Compacted; all versions are in MongoDB.
public record KnowledgeItem(
    AccountId account,
    KnowledgeType type,
    String key,
    @Nullable String subject,
    long version,
    SourceClass sourceClass,
    String source,
    Content text,
    Map<String, String> fields,
    double confidence,
    long confirmations,
    Instant validFrom,
    @Nullable Instant validTo,
    Instant recordedFrom,
    @Nullable Instant recordedTo) {

  public KnowledgeItem {
    fields = Map.copyOf(fields);
  }
}
