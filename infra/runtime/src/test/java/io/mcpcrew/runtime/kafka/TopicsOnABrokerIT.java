package io.mcpcrew.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.parts.KafkaBroker;
import io.mcpcrew.parts.PartsSettings;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.contract.TenantSettings;
import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The installer and the view on a real broker.
@Timeout(40)
class TopicsOnABrokerIT {
  private static final int PARTITIONS = 2;
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private static Path folder;
  private static KafkaBroker broker;
  private static KafkaClients clients;

  @BeforeAll
  static void start() {
    broker = KafkaBroker.start(PartsSettings.forTests(folder));
    clients = new KafkaClients(settings(PARTITIONS));
    new TopicInstaller(clients.settings()).install();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static KafkaSettings settings(int partitions) {
    return new KafkaSettings(broker.bootstrapServers(), partitions, (short) 1);
  }

  @Test
  void everyTopicOfTheCatalogueIsThereAsTheCatalogueSays() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      List<String> names = Topics.installed().map(Topic::name).toList();
      var topics = admin.describeTopics(names).allTopicNames().get(10, TimeUnit.SECONDS);
      assertThat(topics.values())
          .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(PARTITIONS));

      var tenants = new ConfigResource(ConfigResource.Type.TOPIC, Topics.TENANTS.name());
      var configs = admin.describeConfigs(List.of(tenants)).all().get(10, TimeUnit.SECONDS);
      Config config = Objects.requireNonNull(configs.get(tenants));
      assertThat(config.get("cleanup.policy").value()).isEqualTo("compact");
      assertThat(config.get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
    }
  }

  @Test
  void severalServicesMayInstallAtOnceAndAgain() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<? extends Future<?>> installing =
          IntStream.range(0, 4)
              .mapToObj(
                  _ -> threads.submit(() -> new TopicInstaller(settings(PARTITIONS)).install()))
              .toList();
      for (Future<?> one : installing) {
        one.get(20, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void anotherNumberOfPartitionsIsRefusedWithASentence() {
    assertThatThrownBy(() -> new TopicInstaller(settings(PARTITIONS + 1)).install())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching(
            "topic crew\\.\\S+ has 2 partitions but platform.kafka.partitions is 3; more partitions need a new generation of topics");
  }

  @Test
  void aViewHasWhatWasThereAndHearsWhatComesAndWhatIsTakenAway() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    try (KafkaProducer<String, byte[]> producer = clients.producer("writer")) {
      write(producer, "loja/current", bytes("loja", "v1"));
      write(producer, "loja/current", bytes("loja", "v2"));
      try (var view =
          new CompactedView<>(
              clients,
              Topics.TENANTS,
              "test",
              (key, s) -> heard.add(key + " " + (s == null ? "gone" : s.version())))) {
        assertThat(view.isCaughtUp()).isFalse();
        view.start();
        await().atMost(SOON).until(view::isCaughtUp);
        assertThat(version(view.get("loja/current"))).isEqualTo("v2");

        write(producer, "clinica/current", bytes("clinica", "v7"));
        await().atMost(SOON).until(() -> view.get("clinica/current") != null);
        write(producer, "clinica/current", null);
        await().atMost(SOON).until(() -> view.get("clinica/current") == null);

        assertThat(view.all()).doesNotContainKey("clinica/current").containsKey("loja/current");
        assertThat(heard).contains("loja/current v2", "clinica/current v7", "clinica/current gone");
      }
    }
  }

  @Test
  void aRecordThatCannotBeReadLeavesWhatHeldBefore() throws Exception {
    try (KafkaProducer<String, byte[]> producer = clients.producer("writer")) {
      write(producer, "padaria/current", bytes("padaria", "v1"));
      write(producer, "padaria/current", "not ours".getBytes(StandardCharsets.UTF_8));
      write(producer, "padaria/next", bytes("padaria", "v2"));
      try (var view = new CompactedView<>(clients, Topics.TENANTS, "test", (_, _) -> {})) {
        view.start();
        await().atMost(SOON).until(() -> view.get("padaria/next") != null);
        assertThat(version(view.get("padaria/current"))).isEqualTo("v1");
      }
    }
  }

  @Test
  void whenTheTransactionIsTakenBackAViewNeverHearsOfIt() throws Exception {
    try (var producer = clients.transactionalProducer("writer", "test-aborted")) {
      producer.initTransactions();
      producer.beginTransaction();
      write(producer, "aborted/current", bytes("aborted", "v1"));
      producer.abortTransaction();
      producer.beginTransaction();
      write(producer, "aborted/done", bytes("aborted", "v2"));
      producer.commitTransaction();
    }
    try (var view = new CompactedView<>(clients, Topics.TENANTS, "test", (_, _) -> {})) {
      view.start();
      await().atMost(SOON).until(() -> view.get("aborted/done") != null);
      assertThat(view.get("aborted/current")).isNull();
    }
  }

  @Test
  void aViewThatWasNeverStartedCanBeClosed() {
    new CompactedView<>(clients, Topics.TENANTS, "test", (_, _) -> {}).close();
  }

  private static @Nullable String version(@Nullable TenantSettings settings) {
    return settings == null ? null : settings.version();
  }

  private static byte[] bytes(String account, String version) {
    return Topics.TENANTS
        .serde()
        .toBytes(new TenantSettings(new AccountId(account), version, null, "test", Instant.EPOCH));
  }

  /// All in one partition, so that the order in which they are written is the one that is read.
  private static void write(
      KafkaProducer<String, byte[]> producer, String key, byte @Nullable [] value)
      throws Exception {
    producer
        .send(new ProducerRecord<>(Topics.TENANTS.name(), 0, key, value))
        .get(10, TimeUnit.SECONDS);
  }
}
