package io.mcpcrew.runtime.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.parts.KafkaBroker;
import io.mcpcrew.parts.PartsSettings;
import io.mcpcrew.runtime.faults.PutBack.Held;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.kafka.KafkaSettings;
import io.mcpcrew.runtime.kafka.TopicInstaller;
import io.mcpcrew.runtime.kafka.TopicWriter;
import io.mcpcrew.schemas.Bytes;
import io.mcpcrew.schemas.contract.LogPosition;
import io.mcpcrew.schemas.contract.Parked;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What was parked, and the way back, on a real broker.
@Timeout(60)
class PutBackIT {
  private static final int PARTITIONS = 2;
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir private static Path folder;
  private static KafkaBroker broker;
  private static KafkaClients clients;

  @BeforeAll
  static void start() {
    broker = KafkaBroker.start(PartsSettings.forTests(folder));
    clients = new KafkaClients(new KafkaSettings(broker.bootstrapServers(), PARTITIONS, (short) 1));
    new TopicInstaller(clients.settings()).install();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static void park(Topic<?> topic, String key, @Nullable String value) {
    int partition = Partitions.of(topic, key, PARTITIONS);
    var parked =
        new Parked(
            new LogPosition(topic.name(), partition, 7),
            "a-service",
            "failed",
            "the cause",
            Bytes.of(key.getBytes(StandardCharsets.UTF_8)),
            value == null ? null : Bytes.of(value.getBytes(StandardCharsets.UTF_8)),
            Map.of("ce_id", Bytes.of("the-id".getBytes(StandardCharsets.UTF_8))),
            NOW);
    try (var writer = new TopicWriter<>(clients, Topics.parkedOf(topic), "a-service")) {
      writer.write(key, "parked/" + key, parked).join();
    }
  }

  private static List<ConsumerRecord<String, byte[]>> read(Topic<?> topic) {
    List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
    try (var consumer = clients.looseConsumer("reader")) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(all::add);
      }
    }
    return all;
  }

  @Test
  void a_parked_record_goes_back_once_to_where_it_came_from() {
    park(Topics.MESSAGES, "loja/chatwoot-1", "what was written");
    var command = new PutBack(clients);

    assertThat(command.held(Topics.MESSAGES))
        .singleElement()
        .satisfies(held -> assertThat(held.record().cause()).isEqualTo("the cause"));
    assertThat(command.putBack(Topics.MESSAGES)).hasSize(1);
    assertThat(command.putBack(Topics.MESSAGES)).isEmpty();
    assertThat(command.held(Topics.MESSAGES)).isEmpty();

    assertThat(read(Topics.MESSAGES))
        .singleElement()
        .satisfies(back -> {
          assertThat(back.key()).isEqualTo("loja/chatwoot-1");
          assertThat(new String(back.value(), StandardCharsets.UTF_8))
              .isEqualTo("what was written");
          assertThat(back.partition())
              .isEqualTo(Partitions.of(Topics.MESSAGES, "loja/chatwoot-1", PARTITIONS));
          assertThat(back.headers().lastHeader("ce_id")).isNotNull();
          assertThat(back.headers().lastHeader("crew_put_back_from")).isNotNull();
        });
  }

  @Test
  void a_record_of_which_only_the_cause_was_kept_is_told_and_passed_over() {
    park(Topics.WORK, "loja/chatwoot-2", null);
    park(Topics.WORK, "clinica/chatwoot-3", "whole");
    var command = new PutBack(clients);

    assertThat(command.held(Topics.WORK)).filteredOn(held -> !held.isWhole()).hasSize(1);
    assertThat(command.putBack(Topics.WORK))
        .singleElement()
        .extracting(Held::isWhole)
        .isEqualTo(true);
    assertThat(read(Topics.WORK)).hasSize(1);
  }
}
