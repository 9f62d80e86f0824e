package io.mcpcrew.knowledge;

import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.KnowledgeType;
import io.mcpcrew.schemas.contract.Observation;
import io.mcpcrew.schemas.contract.SourceClass;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What tests of the memory observe: a drill and its price, and what a contact likes.
public final class Observations {
  public static final Instant NOON = Instant.parse("2026-11-20T15:00:00Z");
  public static final KnowledgeType PRODUCT = new KnowledgeType("PRODUCT_INFO");
  public static final KnowledgeType INSIGHT = new KnowledgeType("CUSTOMER_INSIGHT");

  private Observations() {}

  /// The system of record names the drill's price, some seconds after noon.
  public static Observation price(String price, long seconds) {
    return price("loja", price, seconds);
  }

  public static Observation price(String account, String price, long seconds) {
    return observation(
        account,
        PRODUCT,
        "EX-01",
        null,
        SourceClass.SYSTEM_OF_RECORD,
        account + "/chatwoot-7#" + seconds,
        "Furadeira de Impacto",
        Map.of("price", price),
        seconds);
  }

  public static Observation priceSaidBy(SourceClass source, String price, long seconds) {
    return observation(
        "loja",
        PRODUCT,
        "EX-01",
        null,
        source,
        source + "-1",
        "Furadeira de Impacto",
        Map.of("price", price),
        seconds);
  }

  /// Something about one contact, or about nobody in particular.
  public static Observation insight(
      SourceClass source, @Nullable String subject, String text, long seconds) {
    return observation(
        "loja",
        INSIGHT,
        "contact-hours",
        subject,
        source,
        "turn-" + seconds,
        text,
        Map.of(),
        seconds);
  }

  public static Observation observation(
      String account,
      KnowledgeType type,
      String key,
      @Nullable String subject,
      SourceClass sourceClass,
      String source,
      String text,
      Map<String, String> fields,
      long seconds) {
    return new Observation(
        "%s/%s/%s/%s/%d".formatted(account, key, source, text + fields, seconds),
        new AccountId(account),
        type,
        key,
        subject,
        sourceClass,
        source,
        Content.of(text),
        fields,
        0.9,
        after(seconds));
  }

  public static Instant after(long seconds) {
    return NOON.plus(Duration.ofSeconds(seconds));
  }
}
