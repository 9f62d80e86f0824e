package io.mcpcrew.intent;

import io.mcpcrew.parts.PartsSettings;
import io.mcpcrew.parts.Progress;
import io.mcpcrew.parts.RealParts;
import io.mcpcrew.runtime.host.ServiceHost;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.kafka.KafkaSettings;
import io.mcpcrew.runtime.kafka.LogReader;
import io.mcpcrew.runtime.kafka.TopicInstaller;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.runtime.tenant.TenantDocuments;
import io.mcpcrew.runtime.tenant.Tenants;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.Claimed;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.EventKind;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.Work;
import io.mcpcrew.schemas.topics.Partitions;
import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/// A real broker with our topics, accounts with settings, what customers write, and a crew that
/// answers every turn at once.
public final class TestLog implements AutoCloseable {
  public static final int PARTITIONS = 2;

  private final Path folder;
  private final RealParts parts;
  private final KafkaClients clients;
  private final KafkaProducer<String, byte[]> producer;

  private TestLog(Path folder, RealParts parts) {
    this.folder = folder;
    this.parts = parts;
    this.clients =
        new KafkaClients(new KafkaSettings(parts.kafkaBootstrapServers(), PARTITIONS, (short) 1));
    new TopicInstaller(clients.settings()).install();
    this.producer = clients.producer("test");
  }

  public static TestLog start(Path folder) {
    var settings = PartsSettings.forTests(folder.resolve("parts"));
    RealParts parts =
        RealParts.start(settings.withRedis(false).withMongo(false), Progress.silent());
    try {
      return new TestLog(folder, parts);
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  public KafkaClients clients() {
    return clients;
  }

  /// The service, in this process.
  public ServiceHost serve(String name, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--platform.kafka.bootstrap-servers=" + parts.kafkaBootstrapServers(),
                "--platform.kafka.partitions=" + PARTITIONS,
                "--platform.tokens.keys=" + folder.resolve("keys"),
                "--platform.tokens.create-missing=true",
                "--platform.http.allow-private=127.0.0.1",
                "--intent.state-dir=" + folder.resolve(name)));
    args.addAll(List.of(more));
    if (args.stream().noneMatch(arg -> arg.startsWith("--server.port="))) {
      args.add("--server.port=0");
    }
    return ServiceHost.start(
        Map.of(), args.toArray(String[]::new), IntentStreamConfiguration.class);
  }

  /// Publishes an account's settings.
  public Tenant settle(String account) {
    String document =
        """
        {"name": "Casa das Ferramentas", "language": "pt", "timezone": "America/Sao_Paulo",
         "autonomy": "ANSWER", "answer_within": "PT6H", "chatwoot": null, "odoo": null,
         "gathering": {"gap": "PT0.2S", "longest": "PT3S", "most": 4}, "intents": [], "answers": []}
        """;
    Tenant tenant = TenantDocuments.parse(new AccountId(account), document);
    write(
        Topics.TENANTS,
        account + "/" + tenant.version(),
        TenantDocuments.version(tenant, document, "test", Fixtures.NOON));
    write(
        Topics.TENANTS,
        account + "/" + Tenants.CURRENT,
        TenantDocuments.pointer(tenant, "test", Fixtures.NOON));
    return tenant;
  }

  public void customerWrites(ConversationKey key, long number, String text) {
    ConversationEvent event =
        Fixtures.event(
            key,
            EventKind.MESSAGE,
            Author.CUSTOMER,
            number,
            text,
            ConversationStatus.PENDING,
            Instant.now());
    write(Topics.MESSAGES, key.toString(), event);
  }

  public <T> void write(Topic<T> topic, String key, T value) {
    write(topic, key, topic.serde().toBytes(value), Map.of());
  }

  public void write(Topic<?> topic, String key, byte[] value, Map<String, String> headers) {
    var entry = new ProducerRecord<>(topic.name(), partition(topic, key), key, value);
    headers.forEach(
        (name, text) -> entry.headers().add(name, text.getBytes(StandardCharsets.US_ASCII)));
    try {
      producer.send(entry).get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("the broker did not take a record of " + topic.name(), e);
    }
  }

  public static int partition(Topic<?> topic, String key) {
    return Partitions.of(topic, key, PARTITIONS);
  }

  /// All that is committed in a topic now.
  public <T> List<T> read(Topic<T> topic) {
    var serde = topic.serde();
    List<T> values = new ArrayList<>();
    try (var reader = new LogReader(clients.settings(), "test-reader")) {
      for (int i = 0; i < PARTITIONS; i++) {
        reader.scan(topic, i, entry -> values.add(serde.fromBytes(entry.value(), null)));
      }
    }
    return values;
  }

  /// A crew that says of every turn the same, at once.
  public AutoCloseable crew() {
    var consumer = clients.looseConsumer("test-crew");
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              List<TopicPartition> all = new ArrayList<>();
              for (int i = 0; i < PARTITIONS; i++) {
                all.add(new TopicPartition(Topics.TURNS.name(), i));
              }
              try (consumer) {
                consumer.assign(all);
                consumer.seekToBeginning(all);
                while (true) {
                  consumer
                      .poll(Duration.ofMillis(200))
                      .forEach(e -> answer(Topics.TURNS.serde().fromBytes(e.value(), null)));
                }
              } catch (WakeupException closing) {
                // The test is over.
              }
            });
    return () -> {
      consumer.wakeup();
      thread.join(Duration.ofSeconds(5));
    };
  }

  private void answer(Turn turn) {
    var claimed = new Claimed(turn.turn(), turn.attempt());
    var concluded =
        new Concluded(
            turn.turn(),
            turn.attempt(),
            OutcomeKind.REPLY,
            List.of(Content.of("Custa R$ %d.".formatted(turn.turn().number()))),
            null,
            "answered",
            List.of());
    String key = turn.turn().conversation().toString();
    write(Topics.WORK, key, new Work("test-crew", Instant.now(), claimed));
    write(Topics.WORK, key, new Work("test-crew", Instant.now(), concluded));
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
    parts.close();
  }
}
