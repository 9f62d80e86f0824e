package io.mcpcrew.knowledge;

import io.mcpcrew.knowledge.memory.Decision;
import io.mcpcrew.knowledge.memory.Held;
import io.mcpcrew.knowledge.memory.ItemKey;
import io.mcpcrew.knowledge.memory.KnowledgeMachine;
import io.mcpcrew.runtime.faults.Parking;
import io.mcpcrew.runtime.faults.Terminal;
import io.mcpcrew.schemas.contract.LogPosition;
import io.mcpcrew.schemas.contract.Observation;
import io.mcpcrew.schemas.contract.Parked;
import io.mcpcrew.schemas.topics.Partitions;
import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.topics.Topics;
import io.mcpcrew.schemas.wire.CrewSerde;
import io.mcpcrew.schemas.wire.WireFailure;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries observations to the machine and its decisions to stores and topics. A decision is made
/// and encoded whole before a store is touched; what fails until then parks the record, in the same
/// transaction, and the partition goes on.
final class KnowledgeProcessor implements Processor<String, byte[], String, byte[]> {
  private static final Logger LOGGER = LoggerFactory.getLogger(KnowledgeProcessor.class);

  static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /// Items looked at per second and partition; more than these wait for the next one.
  static final int MOST_LOOKS = 500;

  private final KnowledgeSettings settings;
  private final int partitions;
  private final MeterRegistry meters;
  private final CrewSerde<Observation> observations = Topics.OBSERVED.serde();
  private final Topic<Parked> parkedTopic = Topics.parkedOf(Topics.OBSERVED);
  private final CrewSerde<Parked> parked = parkedTopic.serde();
  private final HeldCodec codec = new HeldCodec();

  private ProcessorContext<String, byte[]> context;
  private KeyValueStore<String, byte[]> items;
  private Expiries expiries;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
  KnowledgeProcessor(KnowledgeSettings settings, int partitions, MeterRegistry meters) {
    this.settings = settings;
    this.partitions = partitions;
    this.meters = meters;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> streams) {
    context = streams;
    items = streams.getStateStore(KnowledgeTopology.ITEMS);
    expiries = new Expiries(streams.getStateStore(KnowledgeTopology.EXPIRIES));
    streams.schedule(BETWEEN_LOOKS, PunctuationType.WALL_CLOCK_TIME, this::expire);
  }

  @Override
  public void process(Record<String, byte[]> entry) {
    RecordMetadata at = context.recordMetadata().orElseThrow();
    Plan plan;
    try {
      plan = plan(entry, at);
    } catch (StreamsException storeOrTask) {
      // Not the record's fault: Streams takes the transaction back and reads it again.
      throw storeOrTask;
    } catch (RuntimeException e) {
      park(entry, at, e);
      return;
    }
    carryOut(plan, entry.timestamp());
  }

  // ------------------------------------------------------------------ an observation

  /// All that an observation leads to, encoded.
  ///
  /// @param stored what is held from now on, as the store has it; null when that does not change
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  private record Plan(
      String item, @Nullable Held after, byte @Nullable [] stored, List<Outbox.Letter> letters) {}

  private Plan plan(Record<String, byte[]> entry, RecordMetadata at) {
    Observation observation = admitted(entry, at);
    String item = ItemKey.of(observation).toString();
    Held before = held(item);
    Decision decision =
        KnowledgeMachine.decide(before, observation, Instant.ofEpochMilli(entry.timestamp()));
    count(decision, observation);
    if (decision instanceof Decision.Refused(String code, String reason)) {
      throw new Terminal("refused (%s): %s".formatted(code, reason));
    }
    Held after = after(decision);
    byte[] stored = after == null || after.equals(before) ? null : codec.toBytes(after);
    return new Plan(item, after, stored, Outbox.letters(decision, entry.headers()));
  }

  private void carryOut(Plan plan, long timestamp) {
    Held after = plan.after();
    byte[] stored = plan.stored();
    if (after != null && stored != null) {
      items.put(plan.item(), stored);
      settings
          .life(after.item().type())
          .ifPresent(life -> expiries.lookAt(plan.item(), KnowledgeMachine.due(after, life)));
    }
    plan.letters().forEach(letter -> send(letter, timestamp));
  }

  private static @Nullable Held after(Decision decision) {
    return switch (decision) {
      case Decision.Opened opened -> opened.after();
      case Decision.Confirmed confirmed -> confirmed.after();
      case Decision.Superseded superseded -> superseded.after();
      case Decision.Disputed disputed -> disputed.after();
      case Decision.Ignored ignored -> ignored.after();
      case Decision.Refused _ -> null;
    };
  }

  // ------------------------------------------------------------------ is it this account's, here

  /// The observation, if it lies where its account's records lie and says it is that account's.
  private Observation admitted(Record<String, byte[]> entry, RecordMetadata at) {
    String key = entry.key();
    int slash = key == null ? -1 : key.indexOf('/');
    if (slash < 0) {
      throw misrouted("the record's key names no account");
    }
    int expected = Partitions.of(Topics.OBSERVED, key, partitions);
    if (expected != at.partition()) {
      throw misrouted(
          "partition %d is not the one of its account, %d".formatted(at.partition(), expected));
    }
    Observation observation = observations.deserialize("", entry.headers(), entry.value());
    if (observation == null) {
      throw new WireFailure(WireFailure.Kind.UNDECODABLE, "the record has no value");
    }
    if (!observation.account().value().equals(key.substring(0, slash))) {
      throw misrouted("the record's key is not of its observation's account");
    }
    return observation;
  }

  private static WireFailure misrouted(String because) {
    return new WireFailure(WireFailure.Kind.MISROUTED, because);
  }

  private void park(Record<String, byte[]> entry, RecordMetadata at, RuntimeException cause) {
    LOGGER
        .atWarn()
        .addKeyValue("topic", at.topic())
        .addKeyValue("partition", at.partition())
        .addKeyValue("offset", at.offset())
        .addKeyValue("cause", cause.toString())
        .log("record parked");
    meters.counter("crew.knowledge.parked").increment();
    byte[] key = entry.key() == null ? null : entry.key().getBytes(StandardCharsets.UTF_8);
    Parked whole =
        Parking.park(
            "knowledge-stream",
            new LogPosition(at.topic(), at.partition(), at.offset()),
            key,
            entry.value(),
            entry.headers(),
            cause,
            Instant.ofEpochMilli(entry.timestamp()));
    send(
        new Outbox.Letter(
            parkedTopic,
            Parking.keyOf(parkedTopic, key),
            parked.toBytes(whole),
            new RecordHeaders()),
        entry.timestamp());
  }

  // ------------------------------------------------------------------ time

  /// Closes what has run out. By the wall clock, unlike a conversation's timers: it runs ahead of a
  /// backlog, and may so close what a confirmation in the backlog would have kept; that
  /// confirmation then opens the next version. Nothing is lost or sent to anybody by that, and a
  /// price that is a day old is not offered in the meantime.
  private void expire(long wallClock) {
    Instant now = Instant.ofEpochMilli(wallClock);
    for (String item : expiries.due(now, MOST_LOOKS)) {
      expire(item, now);
    }
  }

  private void expire(String item, Instant now) {
    Held held = heldIfReadable(item);
    Optional<Duration> life = held == null ? Optional.empty() : settings.life(held.item().type());
    expiries.forget(item);
    if (held == null || !held.isOpen() || life.isEmpty()) {
      return;
    }
    Optional<Held> expired = KnowledgeMachine.expire(held, life.get(), now);
    if (expired.isEmpty()) {
      expiries.lookAt(item, KnowledgeMachine.due(held, life.get()));
      return;
    }
    Held after = expired.get();
    Outbox.Letter letter = Outbox.expired(after.item());
    items.put(item, codec.toBytes(after));
    send(letter, now.toEpochMilli());
    meters
        .counter("crew.knowledge.expired", "tenant_id", after.item().account().value())
        .increment();
  }

  /// A punctuation has no record to park: what cannot be read is left for the next observation of
  /// it, which then is parked.
  private @Nullable Held heldIfReadable(String item) {
    try {
      return held(item);
    } catch (WireFailure unreadable) {
      LOGGER
          .atError()
          .addKeyValue("item", item)
          .setCause(unreadable)
          .log("what is held cannot be read and does not expire");
      return null;
    }
  }

  // ------------------------------------------------------------------ stores and sinks

  private @Nullable Held held(String item) {
    byte[] stored = items.get(item);
    return stored == null ? null : codec.fromBytes(stored);
  }

  private void send(Outbox.Letter letter, long timestamp) {
    context.forward(
        new Record<>(letter.key(), letter.value(), timestamp, letter.headers()),
        KnowledgeTopology.sinkOf(letter.topic()));
  }

  private void count(Decision decision, Observation observation) {
    meters
        .counter(
            "crew.knowledge.observations",
            "decision",
            decision.getClass().getSimpleName().toLowerCase(Locale.ROOT),
            "tenant_id",
            observation.account().value())
        .increment();
  }
}
