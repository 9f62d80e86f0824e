package io.mcpcrew.endtoend.offenders.intent.conversation;

/// Breaks: decisions know neither Kafka nor Spring nor threads.
final class KnowsKafka {
  final Class<?> client = org.apache.kafka.clients.producer.KafkaProducer.class;
}
