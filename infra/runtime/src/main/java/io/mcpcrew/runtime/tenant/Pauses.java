package io.mcpcrew.runtime.tenant;

import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.schemas.AccountId;
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
import org.jspecify.annotations.Nullable;

/// Silences an account's agent, and lets it speak again. A pause stands in the log until it is
/// taken back; every service knows of it as soon as it has read that far.
public final class Pauses implements AutoCloseable {
  private final KafkaProducer<String, byte[]> producer;
  private final Clock clock;
  private final CrewSerde<TenantSettings> serde = Topics.TENANTS.serde();

  public Pauses(KafkaClients clients, Clock clock) {
    this.producer = clients.producer("pauses");
    this.clock = clock;
  }

  /// Returns when the log has it.
  ///
  /// @param reason for people who ask later
  public void pause(AccountId account, String reason, String by) {
    write(account, new TenantSettings(account, Tenants.PAUSED, reason, by, clock.instant()));
  }

  /// Returns when the log has it.
  public void resume(AccountId account) {
    write(account, null);
  }

  private void write(AccountId account, @Nullable TenantSettings pause) {
    String topic = Topics.TENANTS.name();
    String key = new TenantNames(account).topicKey(Tenants.PAUSED);
    int partition = Partitions.of(Topics.TENANTS, key, producer.partitionsFor(topic).size());
    var headers = new RecordHeaders();
    CloudEvents.mark(
        headers, key + "/" + clock.instant(), "/mcp-crew/operator", TenantSettings.class);
    byte[] value = pause == null ? null : serde.serialize(topic, headers, pause);
    try {
      producer.send(new ProducerRecord<>(topic, partition, key, value, headers)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing to " + topic, e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the log did not take the pause of " + account, e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
