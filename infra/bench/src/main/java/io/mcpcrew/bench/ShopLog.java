package io.mcpcrew.bench;

import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.runtime.tenant.TenantDocuments;
import io.mcpcrew.runtime.tenant.Tenants;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.ConversationFacts;
import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.EventKind;
import io.mcpcrew.schemas.topics.Partitions;
import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// What the edge would write: accounts' settings and customers' messages.
public final class ShopLog implements AutoCloseable {
  private static final String DOCUMENT =
      """
      {"name": "Medição", "language": "pt", "timezone": "America/Sao_Paulo", "autonomy": "ANSWER",
       "answer_within": "PT6H", "chatwoot": null, "odoo": null,
       "gathering": {"gap": "PT0S", "longest": "PT3S", "most": 1}, "intents": [], "answers": []}
      """;

  private final KafkaClients clients;
  private final KafkaProducer<String, byte[]> producer;

  public ShopLog(KafkaClients clients) {
    this.clients = clients;
    this.producer = clients.producer("bench-shop");
  }

  /// Settings by which every message is a turn at once.
  public static Tenant shop(AccountId account) {
    return TenantDocuments.parse(account, DOCUMENT);
  }

  public void settle(AccountId account, Instant now) {
    Tenant tenant = shop(account);
    send(
        Topics.TENANTS,
        account + "/" + tenant.version(),
        TenantDocuments.version(tenant, DOCUMENT, "bench", now));
    send(
        Topics.TENANTS,
        account + "/" + Tenants.CURRENT,
        TenantDocuments.pointer(tenant, "bench", now));
    producer.flush();
  }

  public void customerWrites(ConversationKey key, long number, String text, Instant now) {
    send(Topics.MESSAGES, key.toString(), message(key, number, text, now));
  }

  public <T> void send(Topic<T> topic, String key, T value) {
    int partition = Partitions.of(topic, key, clients.settings().partitions());
    byte[] bytes = topic.serde().toBytes(value);
    var _ = producer.send(new ProducerRecord<>(topic.name(), partition, key, bytes));
  }

  /// As the edge makes it of a webhook.
  public static ConversationEvent message(
      ConversationKey key, long number, String text, Instant now) {
    return new ConversationEvent(
        "chatwoot/%s/message_created/%d".formatted(key, number),
        key,
        EventKind.MESSAGE,
        "message_created",
        Author.CUSTOMER,
        number,
        Content.of(text),
        List.of(),
        null,
        "whatsapp",
        "1",
        new ConversationFacts(
            ConversationStatus.PENDING, false, List.of(), now, "c-1", Content.of("Cliente"), true),
        now,
        now,
        "agent_bot");
  }

  public void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
