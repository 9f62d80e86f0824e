package io.mcpcrew.knowledge;

import io.mcpcrew.schemas.KnowledgeType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator may set for the memory.
///
/// @param applicationId names the state; another name begins with none
/// @param stateDir where the state is kept between starts; it is restored from the log when it is
///   lost
/// @param threads of streams; one per core is enough
/// @param mongoUri where all versions are kept for questions; without one they are only in the log,
///   and the read routes say so
/// @param expiry how long a kind of knowledge holds when nobody sees it again: `product-info` for
///   `PRODUCT_INFO`; `0s` for ever. What is not named here holds for ever, but for the defaults
@ConfigurationProperties("knowledge")
public record KnowledgeSettings(
    @DefaultValue("mcp-crew-knowledge") String applicationId,
    @DefaultValue(".crew/data/knowledge-stream") Path stateDir,
    @DefaultValue("1") int threads,
    @Nullable String mongoUri,
    @DefaultValue Map<String, Duration> expiry) {

  /// A price or a stock figure of yesterday is no answer; a wish of last year is perhaps none.
  private static final Map<String, Duration> DEFAULT_EXPIRY =
      Map.of(
          "PRODUCT_INFO", Duration.ofDays(1),
          "STOCK", Duration.ofHours(1),
          "CUSTOMER_INSIGHT", Duration.ofDays(365));

  public KnowledgeSettings {
    Map<String, Duration> all = new HashMap<>(DEFAULT_EXPIRY);
    expiry.forEach((name, life) -> {
      if (life.isNegative()) {
        throw new IllegalArgumentException("knowledge.expiry." + name + " must not be negative");
      }
      all.put(typeNamed(name).value(), life);
    });
    expiry = Map.copyOf(all);
    if (threads < 1) {
      throw new IllegalArgumentException("knowledge.threads must be at least 1");
    }
  }

  /// How long a kind of knowledge holds after it was last seen; empty when it does not run out.
  Optional<Duration> life(KnowledgeType type) {
    return Optional.ofNullable(expiry.get(type.value())).filter(life -> !life.isZero());
  }

  /// Names in settings are lower case with hyphens; Spring takes underscores out of them.
  private static KnowledgeType typeNamed(String name) {
    return new KnowledgeType(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
