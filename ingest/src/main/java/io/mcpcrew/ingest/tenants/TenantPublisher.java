package io.mcpcrew.ingest.tenants;

import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.runtime.tenant.TenantDocuments;
import io.mcpcrew.runtime.tenant.Tenants;
import io.mcpcrew.schemas.TenantNames;
import io.mcpcrew.schemas.contract.TenantSettings;
import io.mcpcrew.schemas.topics.Partitions;
import io.mcpcrew.schemas.topics.Topics;
import io.mcpcrew.schemas.wire.CloudEvents;
import io.mcpcrew.schemas.wire.CrewSerde;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes settings: first the version, for ever, then the pointer to it. Kafka has them before
/// anyone is told; the same settings again change nothing.
public final class TenantPublisher {
  private static final Logger LOGGER = LoggerFactory.getLogger(TenantPublisher.class);

  private final KafkaClients clients;
  private final Clock clock;
  private final CrewSerde<TenantSettings> serde = Topics.TENANTS.serde();

  public TenantPublisher(KafkaClients clients, Clock clock) {
    this.clients = clients;
    this.clock = clock;
  }

  public void publish(Iterable<AccountFiles.Entry> entries, String by) {
    try (KafkaProducer<String, byte[]> producer = clients.producer("ingest-tenants")) {
      for (AccountFiles.Entry entry : entries) {
        Tenant tenant = entry.tenant();
        send(
            producer,
            tenant.version(),
            TenantDocuments.version(tenant, entry.json(), by, clock.instant()));
        send(producer, Tenants.CURRENT, TenantDocuments.pointer(tenant, by, clock.instant()));
        LOGGER
            .atInfo()
            .addKeyValue("tenant_id", tenant.account())
            .addKeyValue("version", tenant.version())
            .log("settings published");
      }
    }
  }

  private void send(KafkaProducer<String, byte[]> producer, String thing, TenantSettings settings) {
    String key = new TenantNames(settings.account()).topicKey(thing);
    var headers = new RecordHeaders();
    CloudEvents.mark(
        headers, key + "/" + settings.version(), "/mcp-crew/ingest", TenantSettings.class);
    byte[] value = serde.serialize(Topics.TENANTS.name(), headers, settings);
    int partition = Partitions.of(Topics.TENANTS, key, clients.settings().partitions());
    try {
      producer
          .send(new ProducerRecord<>(Topics.TENANTS.name(), partition, key, value, headers))
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while publishing settings", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot publish the settings of " + settings.account(), e);
    }
  }
}
