package io.mcpcrew.intent;

import io.mcpcrew.intent.measure.AccountMeters;
import io.mcpcrew.runtime.faults.Parking;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.contract.LogPosition;
import io.mcpcrew.schemas.contract.Parked;
import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts aside what cannot be processed, with its cause, in the transaction of the record itself. A
/// tick is only left out: time passes anyway.
final class Aside {
  private static final Logger LOGGER = LoggerFactory.getLogger(Aside.class);

  private final ProcessorContext<String, byte[]> context;
  private final AccountMeters meters;

  Aside(ProcessorContext<String, byte[]> context, AccountMeters meters) {
    this.context = context;
    this.meters = meters;
  }

  void park(Record<String, byte[]> entry, RecordMetadata at, Throwable cause) {
    LOGGER
        .atError()
        .addKeyValue("topic", at.topic())
        .addKeyValue("partition", at.partition())
        .addKeyValue("offset", at.offset())
        .setCause(cause)
        .log("record parked");
    accountOf(entry.key())
        .ifPresent(account -> meters.parked(account, Instant.ofEpochMilli(entry.timestamp())));
    if (at.topic().equals(Topics.TICKS.name())) {
      return;
    }
    Topic<?> origin =
        Stream.<Topic<?>>of(Topics.WORK, Topics.DECISIONS, Topics.DELIVERIES)
            .filter(topic -> topic.name().equals(at.topic()))
            .findFirst()
            .orElse(Topics.MESSAGES);
    Topic<Parked> topic = Topics.parkedOf(origin);
    byte[] key = entry.key() == null ? null : entry.key().getBytes(StandardCharsets.UTF_8);
    Parked parked =
        Parking.park(
            "intent-stream",
            new LogPosition(at.topic(), at.partition(), at.offset()),
            key,
            entry.value(),
            entry.headers(),
            cause,
            Instant.ofEpochMilli(entry.timestamp()));
    context.forward(
        new Record<>(
            Parking.keyOf(topic, key),
            topic.serde().toBytes(parked),
            entry.timestamp(),
            new RecordHeaders()),
        IntentTopology.sinkOf(topic));
  }

  /// Whose a record is, as far as its key says so.
  static Optional<AccountId> accountOf(@Nullable String key) {
    String account = key == null ? "" : key.split("/", 2)[0];
    return AccountId.isValid(account) ? Optional.of(new AccountId(account)) : Optional.empty();
  }
}
