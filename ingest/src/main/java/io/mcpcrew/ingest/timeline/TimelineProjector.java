package io.mcpcrew.ingest.timeline;

import io.mcpcrew.runtime.host.Service;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.Delivery;
import io.mcpcrew.schemas.contract.Transition;
import io.mcpcrew.schemas.contract.Work;
import io.mcpcrew.schemas.topics.Topics;
import io.mcpcrew.schemas.wire.CrewSerde;
import io.mcpcrew.schemas.wire.WireFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Projects the log into timelines. Its place in the log is committed after MongoDB has the lines;
/// while MongoDB is away it waits, and the conversations go on.
final class TimelineProjector implements Service {
  private static final Logger LOGGER = LoggerFactory.getLogger(TimelineProjector.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final TimelineStore store;
  private final KafkaConsumer<String, byte[]> consumer;
  private final CrewSerde<ConversationEvent> messages = Topics.MESSAGES.serde();
  private final CrewSerde<Transition> transitions = Topics.TRANSITIONS.serde();
  private final CrewSerde<Work> work = Topics.WORK.serde();
  private final CrewSerde<Delivery> deliveries = Topics.DELIVERIES.serde();
  private final Thread thread = new Thread(this::run, "timeline");
  private volatile boolean closed;
  private volatile String trouble = "";

  TimelineProjector(KafkaClients clients, TimelineStore store) {
    this.store = store;
    this.consumer = clients.consumer("timeline", "ingest-timeline");
  }

  @Override
  public String name() {
    return "timeline";
  }

  @Override
  public void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /// Why nobody should wait for it: replies do not depend on it.
  @Override
  public Health health() {
    return Health.working(trouble.isEmpty() ? Map.of() : Map.of("trouble", trouble));
  }

  private void run() {
    try (consumer) {
      consumer.subscribe(
          List.of(
              Topics.MESSAGES.name(),
              Topics.TRANSITIONS.name(),
              Topics.WORK.name(),
              Topics.DELIVERIES.name()));
      while (!closed) {
        ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofMillis(500));
        List<TimelineLine> lines = new ArrayList<>();
        records.forEach(entry -> lines.addAll(lines(entry)));
        if (writeUntilDone(lines) && !records.isEmpty()) {
          commit();
        }
      }
    } catch (WakeupException closing) {
      // Asked to end.
    } catch (KafkaException e) {
      trouble = String.valueOf(e.getMessage());
      LOGGER.atError().setCause(e).log("timeline stopped");
    }
  }

  private void commit() {
    try {
      consumer.commitSync();
    } catch (CommitFailedException lostMeanwhile) {
      // Another reads these partitions now and writes the same lines over ours.
      LOGGER.atWarn().addKeyValue("cause", lostMeanwhile.toString()).log("timeline reads again");
    }
  }

  /// False when the service was closed before the lines were written; they are read again then.
  private boolean writeUntilDone(List<TimelineLine> lines) {
    while (!closed) {
      try {
        if (!lines.isEmpty()) {
          store.write(lines);
        }
        trouble = "";
        return true;
      } catch (RuntimeException e) {
        trouble = "MongoDB does not answer";
        LOGGER.atWarn().addKeyValue("cause", e.toString()).log("timeline waits for MongoDB");
        pause();
      }
    }
    return false;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<TimelineLine> lines(ConsumerRecord<String, byte[]> entry) {
    String position = "%s/%d/%d".formatted(entry.topic(), entry.partition(), entry.offset());
    try {
      if (entry.topic().equals(Topics.MESSAGES.name())) {
        return TimelineLines.of(messages.fromBytes(entry.value(), null));
      }
      if (entry.topic().equals(Topics.TRANSITIONS.name())) {
        return TimelineLines.of(transitions.fromBytes(entry.value(), null), position);
      }
      if (entry.topic().equals(Topics.WORK.name())) {
        return TimelineLines.of(work.fromBytes(entry.value(), null), position);
      }
      Delivery delivery = deliveries.fromBytes(entry.value(), null);
      return TimelineLines.of(delivery.turn(), delivery, position);
    } catch (WireFailure unreadable) {
      // The record's owner parks it; a timeline only lacks a line.
      LOGGER.atWarn().addKeyValue("position", position).log("timeline skips an unreadable record");
      return List.of();
    }
  }

  @Override
  public void close() {
    closed = true;
    if (thread.getState() == Thread.State.NEW) {
      consumer.close();
      return;
    }
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
