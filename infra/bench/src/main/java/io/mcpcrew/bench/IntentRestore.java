package io.mcpcrew.bench;

import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.topics.Partitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.apache.kafka.clients.producer.ProducerRecord;

/// How long intent-stream takes to have its conversations again when its disk is lost.
final class IntentRestore {
  private static final int ACCOUNTS = 1_000;
  private static final byte[] THERE = {1};

  private final KafkaClients clients;
  private final String application;
  private final Path folder;

  IntentRestore(KafkaClients clients, String application, Path folder) {
    this.clients = clients;
    this.application = application;
    this.folder = folder;
  }

  /// @return seconds until it works
  double measure(int conversations) throws InterruptedException, IOException {
    // Makes the topics as the service wants them.
    IntentService.start(clients.settings(), application, folder).close();
    fill(conversations);
    delete(folder.resolve("state"));
    long began = System.nanoTime();
    try (var _ = IntentService.start(clients.settings(), application, folder)) {
      return (System.nanoTime() - began) / 1e9;
    }
  }

  /// Idle conversations, and when each of them is forgotten.
  private void fill(int conversations) {
    String topic = application + "-conversations-changelog";
    long forgotten = Instant.now().plus(Duration.ofDays(30)).toEpochMilli();
    ConversationState idle =
        IntentFigures.idle(ConversationKey.of("bench-0", "chatwoot-1"), 4, Instant.now());
    try (var producer = clients.producer("bench-restore")) {
      for (int i = 0; i < conversations; i++) {
        var key = new ConversationKey(new AccountId("bench-" + i % ACCOUNTS), "chatwoot-" + i);
        String name = key.toString();
        int partition = Partitions.ofAccount(name, clients.settings().partitions());
        byte[] state = IntentFigures.bytes(named(idle, key));
        var _ = producer.send(new ProducerRecord<>(topic, partition, name, state));
        String timer = "!t/%015d/%s".formatted(forgotten + i, name);
        var _ = producer.send(new ProducerRecord<>(topic, partition, timer, THERE));
      }
    }
  }

  private static ConversationState named(ConversationState s, ConversationKey key) {
    return new ConversationState(
        key,
        s.sequence(),
        s.now(),
        s.seen(),
        s.pending(),
        s.history(),
        s.memory(),
        s.turns(),
        s.channel(),
        s.inbox(),
        s.contact(),
        s.status(),
        s.statusAt(),
        s.traceparent(),
        s.phase(),
        s.assigned(),
        s.silenced(),
        s.personWrote(),
        s.spoke(),
        s.wrote(),
        s.times(),
        s.keptBack(),
        s.suggested(),
        s.why(),
        s.begins(),
        s.chosen());
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
