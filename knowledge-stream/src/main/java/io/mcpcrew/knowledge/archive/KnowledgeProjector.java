package io.mcpcrew.knowledge.archive;

import io.mcpcrew.knowledge.memory.ItemKey;
import io.mcpcrew.runtime.host.Service;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.schemas.contract.KnowledgeItem;
import io.mcpcrew.schemas.topics.Topics;
import io.mcpcrew.schemas.wire.CrewSerde;
import io.mcpcrew.schemas.wire.WireFailure;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the log's versions to the archive. Its place in the log is committed after MongoDB has
/// them; while MongoDB is away it waits, and the memory goes on without it.
public final class KnowledgeProjector implements Service {
  private static final Logger LOGGER = LoggerFactory.getLogger(KnowledgeProjector.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final KafkaClients clients;
  private final String group;
  private final KnowledgeArchive archive;
  private final MeterRegistry meters;
  private final CrewSerde<KnowledgeItem> items = Topics.KNOWLEDGE.serde();
  private final Thread thread = new Thread(this::run, "knowledge-archive");
  private @Nullable KafkaConsumer<String, byte[]> consumer;
  private volatile boolean closed;
  private volatile String trouble = "";

  public KnowledgeProjector(
      KafkaClients clients, String group, KnowledgeArchive archive, MeterRegistry meters) {
    this.clients = clients;
    this.group = group;
    this.archive = archive;
    this.meters = meters;
  }

  @Override
  public String name() {
    return "knowledge-archive";
  }

  @Override
  public void start() {
    consumer = clients.consumer("knowledge-archive", group);
    thread.setDaemon(true);
    thread.start();
  }

  /// Always ready: what is held does not depend on the archive, only questions about it do.
  @Override
  public Health health() {
    return Health.working(trouble.isEmpty() ? Map.of() : Map.of("trouble", trouble));
  }

  private void run() {
    KafkaConsumer<String, byte[]> following = consumer;
    if (following == null) {
      return;
    }
    try (following) {
      following.subscribe(List.of(Topics.KNOWLEDGE.name()));
      while (!closed) {
        follow(following);
      }
    } catch (WakeupException closing) {
      // Asked to end.
    } catch (KafkaException e) {
      trouble = "stopped: " + e.getMessage();
      LOGGER.atError().setCause(e).log("archive stopped");
    }
  }

  private void follow(KafkaConsumer<String, byte[]> following) {
    ConsumerRecords<String, byte[]> records = following.poll(Duration.ofMillis(500));
    List<KnowledgeItem> versions = new ArrayList<>();
    records.forEach(entry -> version(entry).ifPresent(versions::add));
    if (records.isEmpty() || !writeUntilDone(versions)) {
      return;
    }
    try {
      following.commitSync();
    } catch (CommitFailedException | RebalanceInProgressException e) {
      // Another has these partitions now and writes the same again.
      LOGGER.atInfo().addKeyValue("cause", e.toString()).log("archive gave partitions away");
    }
  }

  /// False when it was closed before MongoDB had them all.
  private boolean writeUntilDone(List<KnowledgeItem> versions) {
    while (!closed) {
      try {
        archive.write(versions);
        trouble = "";
        meters.counter("crew.knowledge.archived").increment(versions.size());
        return true;
      } catch (RuntimeException e) {
        trouble = "MongoDB does not take what is to be archived";
        LOGGER.atWarn().addKeyValue("cause", e.toString()).log("archive waits for MongoDB");
        pause();
      }
    }
    return false;
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  /// What this service wrote itself is always readable and in place; anything else is a foreign
  /// writer's, and never reaches an account's archive.
  private Optional<KnowledgeItem> version(ConsumerRecord<String, byte[]> entry) {
    try {
      KnowledgeItem item = items.deserialize(entry.topic(), entry.headers(), entry.value());
      if (item != null && !ItemKey.of(item).toString().equals(entry.key())) {
        throw new WireFailure(WireFailure.Kind.MISROUTED, "the record's key is not its item's");
      }
      return Optional.ofNullable(item);
    } catch (WireFailure foreign) {
      LOGGER
          .atError()
          .addKeyValue("partition", entry.partition())
          .addKeyValue("offset", entry.offset())
          .addKeyValue("cause", foreign.getMessage())
          .log("archive skips a record");
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    closed = true;
    if (consumer == null) {
      return;
    }
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(6));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
