package io.mcpcrew.ingest;

import io.mcpcrew.ingest.chatwoot.ChatwootEvents;
import io.mcpcrew.ingest.chatwoot.Signature;
import io.mcpcrew.ingest.chatwoot.WebhookSender;
import io.mcpcrew.runtime.faults.Outcome;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.runtime.tenant.Tenants;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.Bytes;
import io.mcpcrew.schemas.contract.ConversationEvent;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A webhook's way into the log: whose is it → is it signed by them → is it JSON → what does it
/// mean → publish.
///
/// An account that does not exist, one without a Chatwoot and a wrong signature get the same
/// answer, so that nobody learns which accounts there are.
public final class IngestPipeline {
  private static final Logger LOGGER = LoggerFactory.getLogger(IngestPipeline.class);

  private final Tenants tenants;
  private final EventPublisher publisher;
  private final IngestSettings settings;
  private final Clock clock;
  private final JsonMapper json =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(64).build())
                  .build())
          .build();

  IngestPipeline(Tenants tenants, EventPublisher publisher, IngestSettings settings, Clock clock) {
    this.tenants = tenants;
    this.publisher = publisher;
    this.settings = settings;
    this.clock = clock;
  }

  /// What a caller is answered: a status, a code for machines, a sentence for people.
  public record Answer(int status, String code, String detail) {}

  /// A webhook as it arrived: its body unread, because the signature is over the bytes.
  public record Webhook(
      String account, WebhookSender sender, Signature signature, Bytes body, String traceparent) {}

  public Answer accept(Webhook webhook) {
    Optional<Tenant> tenant = admit(webhook);
    if (tenant.isEmpty()) {
      return new Answer(401, "not_admitted", "no such webhook, or its signature is wrong");
    }
    return switch (understand(tenant.get(), webhook)) {
      case Outcome.Refused<ConversationEvent>(String code, String reason) ->
          new Answer(400, code, reason);
      case Outcome.Done<ConversationEvent>(ConversationEvent event) -> publish(webhook, event);
    };
  }

  /// What the edge would make of a body, without publishing it; for `./crew send --explain`.
  public Outcome<ConversationEvent> explain(AccountId account, WebhookSender sender, byte[] body) {
    return tenants
        .current(account)
        .map(tenant -> normalise(tenant, sender, body))
        .orElseGet(() -> Outcome.refused("unknown_account", "there is no account " + account));
  }

  private Optional<Tenant> admit(Webhook webhook) {
    if (!AccountId.isValid(webhook.account())) {
      return Optional.empty();
    }
    return tenants
        .current(new AccountId(webhook.account()))
        .filter(tenant -> isSigned(tenant, webhook));
  }

  private boolean isSigned(Tenant tenant, Webhook webhook) {
    Tenant.Chatwoot chatwoot = tenant.document().chatwoot();
    if (chatwoot == null) {
      return false;
    }
    var secret =
        switch (webhook.sender()) {
          case ACCOUNT -> chatwoot.webhookSecret();
          case BOT -> chatwoot.botSecret();
        };
    try {
      return webhook
          .signature()
          .isBy(
              secret.reveal(),
              webhook.body().toArray(),
              clock.instant(),
              settings.signatureWindow());
    } catch (IllegalStateException noSecret) {
      // The caller learns nothing of it; the operator must.
      LOGGER
          .atError()
          .addKeyValue("tenant_id", tenant.account())
          .addKeyValue("cause", noSecret.getMessage())
          .log("webhooks cannot be verified");
      return false;
    }
  }

  private Outcome<ConversationEvent> understand(Tenant tenant, Webhook webhook) {
    return normalise(tenant, webhook.sender(), webhook.body().toArray());
  }

  private Outcome<ConversationEvent> normalise(Tenant tenant, WebhookSender sender, byte[] body) {
    Tenant.Chatwoot chatwoot = tenant.document().chatwoot();
    if (chatwoot == null) {
      return Outcome.refused("no_chatwoot", "the account has no Chatwoot");
    }
    try {
      JsonNode tree = json.readTree(body);
      return new ChatwootEvents(tenant.account(), chatwoot.binding(), sender, clock.instant())
          .read(tree);
    } catch (JacksonException notJson) {
      return Outcome.refused("not_json", "the body is not JSON");
    }
  }

  private Answer publish(Webhook webhook, ConversationEvent event) {
    return switch (publisher.publish(event, webhook.traceparent())) {
      case ACCEPTED -> new Answer(202, "accepted", event.eventId());
      case TOO_LARGE -> new Answer(413, "too_large", "the event is too large for the log");
      case LOG_AWAY ->
          new Answer(
              webhook.sender().comeAgain(), "log_away", "the event could not be written in time");
    };
  }
}
