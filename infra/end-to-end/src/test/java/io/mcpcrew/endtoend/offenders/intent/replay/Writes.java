package io.mcpcrew.endtoend.offenders.intent.replay;

import org.apache.kafka.clients.producer.Producer;

/// Breaks: who repeats a conversation has nothing to write with.
final class Writes {
  void flush(Producer<String, byte[]> producer) {
    producer.flush();
  }
}
