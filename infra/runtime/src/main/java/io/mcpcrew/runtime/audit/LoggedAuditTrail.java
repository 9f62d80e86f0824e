package io.mcpcrew.runtime.audit;

import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.kafka.TopicWriter;
import io.mcpcrew.runtime.tokens.Grant;
import io.mcpcrew.schemas.TenantNames;
import io.mcpcrew.schemas.contract.AuditEntry;
import io.mcpcrew.schemas.topics.Topics;
import java.time.Clock;
import java.util.Locale;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The audit trail in the log: `crew.audit`.
public final class LoggedAuditTrail implements AuditTrail, AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(LoggedAuditTrail.class);

  private final TopicWriter<AuditEntry> writer;
  private final String service;
  private final Clock clock;

  public LoggedAuditTrail(KafkaClients clients, String service, Clock clock) {
    this.writer = new TopicWriter<>(clients, Topics.AUDIT, service);
    this.service = service;
    this.clock = clock;
  }

  @Override
  public void allowed(Grant actor, String action, String target) {
    write(actor, action, target, true, "");
  }

  @Override
  public void refused(Grant actor, String action, String target, String reason) {
    write(actor, action, target, false, reason);
  }

  private void write(Grant actor, String action, String target, boolean allowed, String reason) {
    var entry =
        new AuditEntry(
            actor.account(),
            service,
            actor.subject(),
            actor.role().name().toLowerCase(Locale.ROOT),
            action,
            target,
            allowed,
            reason,
            null,
            clock.instant());
    String id = UUID.randomUUID().toString();
    var _ =
        writer
            .write(new TenantNames(actor.account()).topicKey(action), id, entry)
            .exceptionally(cause -> {
              LOGGER
                  .atError()
                  .addKeyValue("tenant_id", actor.account())
                  .addKeyValue("action", action)
                  .addKeyValue("target", target)
                  .addKeyValue("allowed", allowed)
                  .setCause(cause)
                  .log("an audit entry was not written");
              return null;
            });
  }

  @Override
  public void close() {
    writer.close();
  }
}
