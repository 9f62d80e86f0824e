package io.mcpcrew.crew.claim;

import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Control;
import io.mcpcrew.schemas.contract.ControlKind;
import io.mcpcrew.schemas.topics.Topics;
import io.mcpcrew.schemas.wire.CrewSerde;
import io.mcpcrew.schemas.wire.WireFailure;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which attempts nobody waits for any more, as `crew.control` advises. Only spares work and
/// surprises: an attempt that misses the advice is not heard, and its writes are told to a person.
public final class Cancellations implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Cancellations.class);
  private static final int KEPT = 10_000;

  private final KafkaConsumer<String, byte[]> consumer;
  private final CrewSerde<Control> serde = Topics.CONTROL.serde();
  private final Thread reading = new Thread(this::read, "cancellations");
  private final Map<TurnId, Integer> cancelled =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<TurnId, Integer> eldest) {
              return size() > KEPT;
            }
          });
  private volatile boolean closed;

  public Cancellations(KafkaClients clients, String name) {
    this.consumer = clients.looseConsumer(name + "-control");
  }

  public void start() {
    reading.setDaemon(true);
    reading.start();
  }

  /// Whether this attempt of the turn, or a later one, was cancelled.
  boolean isCancelled(TurnId turn, int attempt) {
    return attempt <= Objects.requireNonNullElse(cancelled.get(turn), 0);
  }

  /// What was advised before this worker began is about turns that it does not hold.
  private void read() {
    try (consumer) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.CONTROL.name()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      while (!closed) {
        consumer.poll(Duration.ofMillis(500)).forEach(this::take);
      }
    } catch (WakeupException closing) {
      // Asked to end.
    } catch (KafkaException e) {
      LOGGER.atError().setCause(e).log("advice to workers is not read any more");
    }
  }

  private void take(ConsumerRecord<String, byte[]> entry) {
    try {
      Control advice = serde.deserialize(entry.topic(), entry.headers(), entry.value());
      if (advice != null && advice.kind() == ControlKind.CANCEL && advice.turn() != null) {
        int attempt = Objects.requireNonNullElse(advice.attempt(), Integer.MAX_VALUE);
        cancelled.merge(advice.turn(), attempt, Math::max);
      }
    } catch (WireFailure e) {
      LOGGER.atWarn().setCause(e).log("an advice cannot be read");
    }
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
  }
}
