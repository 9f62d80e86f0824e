package io.mcpcrew.ingest;

import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.telemetry.Telemetry;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.topics.Partitions;
import io.mcpcrew.schemas.topics.Topics;
import io.mcpcrew.schemas.wire.CloudEvents;
import io.mcpcrew.schemas.wire.CrewSerde;
import io.mcpcrew.schemas.wire.WireFailure;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes events to `crew.messages` and answers only when all replicas have them.
final class EventPublisher implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(EventPublisher.class);
  private static final String SOURCE = "/mcp-crew/ingest";

  enum Answer {
    ACCEPTED,
    TOO_LARGE,
    /// Not written, as far as we know: it may still arrive, which deduplication downstream bears.
    LOG_AWAY
  }

  private final KafkaProducer<String, byte[]> producer;
  private final CrewSerde<ConversationEvent> serde = Topics.MESSAGES.serde();
  private final Telemetry telemetry;
  private final MeterRegistry meters;
  private final Duration patience;
  private final int partitions;

  EventPublisher(
      KafkaClients clients, Telemetry telemetry, MeterRegistry meters, Duration patience) {
    this.producer = clients.producer("ingest", patience);
    this.partitions = clients.settings().partitions();
    this.telemetry = telemetry;
    this.meters = meters;
    this.patience = patience;
  }

  Answer publish(ConversationEvent event, String traceparent) {
    Span span = telemetry.continueFrom(traceparent, "ingest publish", SpanKind.PRODUCER);
    try {
      producer.send(entry(event, span)).get(patience.toMillis(), TimeUnit.MILLISECONDS);
      count(event, "accepted");
      return Answer.ACCEPTED;
    } catch (WireFailure tooLarge) {
      count(event, "too_large");
      return Answer.TOO_LARGE;
    } catch (ExecutionException | TimeoutException | KafkaException away) {
      count(event, "log_away");
      LOGGER.atWarn().addKeyValue("cause", String.valueOf(away)).log("the log is away");
      return Answer.LOG_AWAY;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.LOG_AWAY;
    } finally {
      span.end();
    }
  }

  private ProducerRecord<String, byte[]> entry(ConversationEvent event, Span span) {
    var headers = new RecordHeaders();
    CloudEvents.mark(headers, event.eventId(), SOURCE, ConversationEvent.class);
    Telemetry.carry(span, headers);
    String key = event.conversation().toString();
    byte[] value = serde.serialize(Topics.MESSAGES.name(), headers, event);
    int partition = Partitions.of(Topics.MESSAGES, key, partitions);
    return new ProducerRecord<>(Topics.MESSAGES.name(), partition, key, value, headers);
  }

  private void count(ConversationEvent event, String answer) {
    meters
        .counter(
            "crew.ingest.events",
            "tenant_id",
            event.conversation().account().value(),
            "answer",
            answer)
        .increment();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(3));
  }
}
