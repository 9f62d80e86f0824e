package io.mcpcrew.parts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/// What the tests ask a broker.
final class KafkaClients {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private KafkaClients() {}

  /// Makes the topic and writes one acknowledged record to it.
  static void write(String broker, String topic, String value) throws Exception {
    makeTopic(broker, topic);
    Map<String, Object> config = Map.of("bootstrap.servers", broker, "acks", "all");
    try (var producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, "key", value)).get(30, TimeUnit.SECONDS);
    }
  }

  static int partitionsOf(String broker, String topic) throws Exception {
    try (var admin = admin(broker)) {
      var found = admin.describeTopics(List.of(topic)).topicNameValues();
      return Objects.requireNonNull(found.get(topic)).get(30, TimeUnit.SECONDS).partitions().size();
    }
  }

  static List<String> readAll(String broker, String topic) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", broker, "auto.offset.reset", "earliest");
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic, PATIENCE).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return readTo(consumer, consumer.endOffsets(partitions, PATIENCE));
    }
  }

  private static List<String> readTo(
      KafkaConsumer<String, String> consumer, Map<TopicPartition, Long> ends) {
    List<String> values = new ArrayList<>();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> {
          consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
          return ends.entrySet().stream()
              .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        });
    return values;
  }

  private static void makeTopic(String broker, String topic) throws Exception {
    try (var admin = admin(broker)) {
      var wanted = new NewTopic(topic, Optional.empty(), Optional.empty());
      admin.createTopics(List.of(wanted)).all().get(30, TimeUnit.SECONDS);
    }
  }

  private static Admin admin(String broker) {
    return Admin.create(Map.of("bootstrap.servers", broker));
  }
}
