package io.mcpcrew.ingest;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// What an operator may set at the edge.
///
/// @param accounts a folder with `<account>.json`, the settings of one account each, published when
///   the service starts
/// @param largestBody a longer webhook is refused unread
/// @param signatureWindow how far a signature's time may be from ours
/// @param publishWithin how long Kafka may take; after it the caller is told to come again
/// @param timeline where conversations' ways are kept; without it nobody can ask why
@ConfigurationProperties("ingest")
public record IngestSettings(
    @Nullable Path accounts,
    @DefaultValue("1MB") DataSize largestBody,
    @DefaultValue("5m") Duration signatureWindow,
    @DefaultValue("1s") Duration publishWithin,
    @DefaultValue Timeline timeline) {

  /// @param mongoUri of the database that keeps timelines; without it there are none
  public record Timeline(@Nullable String mongoUri) {}

  public IngestSettings {
    if (publishWithin.compareTo(Duration.ofSeconds(4)) > 0) {
      throw new IllegalArgumentException(
          "ingest.publish-within must be at most 4s: Chatwoot waits 5 s for an answer");
    }
  }
}
