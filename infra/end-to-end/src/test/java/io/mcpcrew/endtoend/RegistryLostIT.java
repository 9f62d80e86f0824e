package io.mcpcrew.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.local.RegistryPublication;
import io.mcpcrew.parts.PartsSettings;
import io.mcpcrew.parts.Progress;
import io.mcpcrew.parts.RealParts;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.kafka.KafkaSettings;
import io.mcpcrew.runtime.kafka.TopicInstaller;
import io.mcpcrew.runtime.kafka.TopicWriter;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.contract.AuditEntry;
import io.mcpcrew.schemas.topics.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The registry is a publication and no dependency.
@Tag("slow")
class RegistryLostIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int EACH = 20;

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  @Timeout(150)
  void when_the_registrys_data_is_deleted_everything_is_still_read(@TempDir Path folder)
      throws Exception {
    var settings =
        PartsSettings.forTests(folder).withRedis(false).withMongo(false).withRegistry(true);
    try (RealParts parts = RealParts.start(settings, Progress.silent())) {
      var clients =
          new KafkaClients(
              new KafkaSettings(parts.kafkaBootstrapServers(), settings.partitions(), (short) 1));
      new TopicInstaller(clients.settings()).install();
      try (var _ = RegistryPublication.begin(parts.registryUrl())) {
        Awaitility.await("schemas are published")
            .atMost(PATIENCE)
            .ignoreExceptions()
            .until(() -> subjects(parts).contains("crew.audit-value"));
      }
      write(clients, "before");

      parts.registry().stop();
      delete(folder.resolve("registry"));
      assertThat(read(clients)).hasSize(EACH);

      parts.registry().startAgain();
      Awaitility.await("the registry answers again")
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> subjects(parts).equals("[]"));
      write(clients, "after");
      assertThat(read(clients)).hasSize(2 * EACH);
    }
  }

  private String subjects(RealParts parts) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(parts.registryUrl() + "/subjects"))
            .timeout(Duration.ofSeconds(5))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static void write(KafkaClients clients, String when) {
    try (var writer = new TopicWriter<>(clients, Topics.AUDIT, "a-test")) {
      for (int i = 0; i < EACH; i++) {
        var account = new AccountId("account-" + i);
        var entry =
            new AuditEntry(
                account,
                "a-test",
                "somebody",
                "agent",
                when,
                "thing",
                true,
                "",
                null,
                Instant.EPOCH);
        writer.write(account + "/" + when, when + i, entry).join();
      }
    }
  }

  private static List<AuditEntry> read(KafkaClients clients) {
    List<AuditEntry> all = new ArrayList<>();
    var serde = Topics.AUDIT.serde();
    try (var consumer = clients.looseConsumer("a-reader")) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.AUDIT.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(
                entry -> all.add(serde.deserialize(entry.topic(), entry.headers(), entry.value())));
      }
    }
    return all;
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
