package io.mcpcrew.intent;

import io.mcpcrew.runtime.settings.Secret;
import io.mcpcrew.runtime.tenant.Conduct;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.Autonomy;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.ConversationFacts;
import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.EventKind;
import io.mcpcrew.schemas.contract.Step;
import io.mcpcrew.schemas.contract.StepKind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What tests of the conversation are about: a shop, its customer, what they write.
public final class Fixtures {
  public static final Instant NOON = Instant.parse("2026-11-20T15:00:00Z");
  public static final ConversationKey CONVERSATION = ConversationKey.of("loja", "chatwoot-7");

  private Fixtures() {}

  public static Tenant aShop() {
    return aShop(Autonomy.ANSWER);
  }

  public static Tenant aShop(Autonomy autonomy) {
    return new Tenant(
        new AccountId("loja"),
        "v1",
        new Tenant.Document(
            "Casa das Ferramentas",
            "pt",
            ZoneId.of("America/Sao_Paulo"),
            autonomy,
            Duration.ofHours(6),
            new Tenant.Chatwoot(
                "chatwoot",
                URI.create("http://127.0.0.1:1"),
                1,
                new Secret("env:X"),
                new Secret("env:X"),
                new Secret("env:X"),
                new Secret("env:X")),
            null,
            Tenant.Gathering.of(Duration.ofMillis(600), Duration.ofSeconds(3), 4),
            List.of(new Tenant.IntentRule("product.info", "sales", List.of("trabalham com"))),
            List.of(),
            Conduct.DEFAULT));
  }

  public static ConversationEvent customerWrites(long number, String text) {
    return customerWrites(CONVERSATION, number, text);
  }

  public static ConversationEvent customerWrites(ConversationKey key, long number, String text) {
    return event(
        key, EventKind.MESSAGE, Author.CUSTOMER, number, text, ConversationStatus.PENDING, NOON);
  }

  public static ConversationEvent personWrites(long number, String text) {
    return personWrites(CONVERSATION, number, text);
  }

  public static ConversationEvent personWrites(ConversationKey key, long number, String text) {
    return event(
        key, EventKind.MESSAGE, Author.HUMAN_AGENT, number, text, ConversationStatus.OPEN, NOON);
  }

  public static ConversationEvent statusBecomes(ConversationStatus status, Instant at) {
    return event(CONVERSATION, EventKind.STATUS_CHANGED, Author.SYSTEM, null, null, status, at);
  }

  public static ConversationEvent event(
      ConversationKey key,
      EventKind kind,
      Author author,
      @Nullable Long number,
      @Nullable String text,
      ConversationStatus status,
      Instant at) {
    return new ConversationEvent(
        "chatwoot/" + key + "/" + kind + "/" + number + "/" + at,
        key,
        kind,
        "message_created",
        author,
        number,
        text == null ? null : Content.of(text),
        List.of(),
        null,
        "whatsapp",
        "1",
        new ConversationFacts(status, false, List.of(), at, "c1", null, true),
        at,
        at,
        "account_webhook");
  }

  public static Step step(TurnId turn, int attempt, String path) {
    return new Step(
        turn,
        attempt,
        path,
        StepKind.TOOL,
        "odoo__create",
        "h",
        true,
        null,
        null,
        NOON,
        1,
        0,
        0,
        0);
  }
}
