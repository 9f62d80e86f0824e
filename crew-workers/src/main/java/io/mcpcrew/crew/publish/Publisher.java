package io.mcpcrew.crew.publish;

import io.mcpcrew.crew.protocol.Moment;
import io.mcpcrew.runtime.faults.Parking;
import io.mcpcrew.runtime.faults.Terminal;
import io.mcpcrew.runtime.host.Service;
import io.mcpcrew.runtime.http.GuardedHttp;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.telemetry.LogFields;
import io.mcpcrew.runtime.tenant.Tenants;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.contract.Delivery;
import io.mcpcrew.schemas.contract.DeliveryStatus;
import io.mcpcrew.schemas.contract.LogPosition;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.topics.Partitions;
import io.mcpcrew.schemas.topics.Topics;
import io.mcpcrew.schemas.wire.CloudEvents;
import io.mcpcrew.schemas.wire.CrewSerde;
import io.mcpcrew.schemas.wire.WireFailure;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Posts what `crew.replies` releases. Conversations are served side by side, each one post at a
/// time; the place in the log moves on only over what is done. Read again after a crash, a reply is
/// found posted by the look before the post.
public final class Publisher implements Service {
  private static final Logger LOGGER = LoggerFactory.getLogger(Publisher.class);
  private static final String SOURCE = "/mcp-crew/publisher";
  private static final int MOST_IN_FLIGHT = 2_000;
  private static final Duration COMMIT_EVERY = Duration.ofSeconds(1);

  private final KafkaConsumer<String, byte[]> consumer;
  private final KafkaProducer<String, byte[]> producer;
  private final Tenants tenants;
  private final Posting posting;
  private final Typing typing;
  private final MeterRegistry meters;
  private final Clock clock;
  private final int partitions;
  private final CrewSerde<ReleasedReply> replies = Topics.REPLIES.serde();
  private final CrewSerde<Delivery> deliveries = Topics.DELIVERIES.serde();
  private final DonePrefix done = new DonePrefix();
  private final Ownership ownership = new Ownership();
  private final Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
  private Moment committedAt = new Moment(System.nanoTime(), Instant.EPOCH);
  private final ConversationLanes lanes;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread reading = new Thread(this::read, "publisher");
  private volatile boolean closed;
  private volatile boolean assigned;

  public Publisher(
      KafkaClients clients,
      GuardedHttp http,
      MeterRegistry meters,
      Clock clock,
      Duration deadline,
      Duration settles,
      Duration typingAfter) {
    this.consumer = clients.consumer("publisher", "crew-publisher");
    this.producer = clients.gatheringProducer("publisher");
    this.partitions = clients.settings().partitions();
    this.tenants = new Tenants(clients, "publisher");
    this.typing = new Typing(clients, http, tenants, typingAfter, deadline);
    this.posting = new Posting(http, tenants, ownership, clock, deadline, settles);
    this.meters = meters;
    this.clock = clock;
    this.lanes = new ConversationLanes(threads);
  }

  @Override
  public String name() {
    return "publisher";
  }

  @Override
  public void start() {
    tenants.start();
    reading.setDaemon(true);
    reading.start();
    typing.start();
  }

  @Override
  public Health health() {
    return assigned && tenants.isCaughtUp()
        ? Health.working(Map.of("in_flight", String.valueOf(done.open())))
        : Health.notReady("no partitions of crew.replies are assigned yet");
  }

  /// Whether nothing is to be posted for the account, as far as is known here.
  boolean isPaused(AccountId account) {
    return tenants.isPaused(account);
  }

  private void read() {
    try (consumer) {
      // Before the accounts are known every reply would be one to nowhere.
      tenants.awaitCaughtUp();
      consumer.subscribe(List.of(Topics.REPLIES.name()), new GivingBack());
      while (!closed) {
        if (done.open() > MOST_IN_FLIGHT) {
          consumer.pause(consumer.assignment());
        } else {
          consumer.resume(consumer.paused());
        }
        consumer.poll(Duration.ofMillis(100)).forEach(this::take);
        assigned = !consumer.assignment().isEmpty();
        commitFromTimeToTime();
      }
      commitNow();
    } catch (WakeupException closing) {
      // Asked to end; what is posted and not committed is found posted by who reads it next.
    } catch (KafkaException | IllegalStateException e) {
      assigned = false;
      LOGGER.atError().setCause(e).log("publishing stopped");
    }
  }

  /// Where we are, every second although nothing is new: that the group takes it says that we are
  /// still a member of it.
  private void commitFromTimeToTime() {
    positions.putAll(done.take());
    Moment now = moment();
    if (positions.isEmpty() || now.since(committedAt).compareTo(COMMIT_EVERY) < 0) {
      return;
    }
    committedAt = now;
    consumer.commitAsync(
        Map.copyOf(positions),
        (_, failure) -> {
          if (failure == null) {
            ownership.heard(now);
          }
        });
  }

  /// Where we are, for whoever reads on. What is not committed is found posted by that one.
  private void commitNow() {
    positions.putAll(done.take());
    try {
      consumer.commitSync(positions, Duration.ofSeconds(2));
    } catch (KafkaException notTaken) {
      LOGGER.atInfo().setCause(notTaken).log("the position was not committed");
    }
  }

  private Moment moment() {
    return new Moment(System.nanoTime(), clock.instant());
  }

  /// A partition goes to another only when no post of ours is under way in it.
  private final class GivingBack implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      try {
        ownership.giveBack(partitions, posting.longestPost());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      commitNow();
      forget(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      ownership.lost(partitions);
      forget(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      ownership.assigned(consumer.assignment(), clock.instant());
      for (TopicPartition partition : partitions) {
        positions.put(partition, new OffsetAndMetadata(consumer.position(partition)));
      }
      // Nobody is assigned anything who is not a member.
      ownership.heard(moment());
    }

    private void forget(Collection<TopicPartition> partitions) {
      done.forget(partitions);
      partitions.forEach(positions::remove);
    }
  }

  private void take(ConsumerRecord<String, byte[]> entry) {
    done.begin(entry);
    lanes.run(
        String.valueOf(entry.key()),
        () -> {
          if (publish(entry)) {
            done.end(entry);
          }
        });
  }

  /// True when the reply need not be read again.
  private boolean publish(ConsumerRecord<String, byte[]> entry) {
    try {
      ReleasedReply reply = replies.fromBytes(entry.value(), null);
      try (var _ = LogFields.of(reply.turn())) {
        var partition = new TopicPartition(entry.topic(), entry.partition());
        Optional<Delivery> delivery = posting.post(reply, partition);
        delivery.ifPresent(this::record);
        delivery
            .filter(said -> said.status() == DeliveryStatus.REFUSED)
            .ifPresent(said -> park(entry, new Terminal(said.detail())));
        return delivery.isPresent();
      }
    } catch (WireFailure e) {
      park(entry, e);
      return true;
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return false;
    } catch (RuntimeException e) {
      LOGGER.atError().setCause(e).log("a reply could not be published");
      park(entry, e);
      return true;
    }
  }

  private void record(Delivery delivery) {
    String key = delivery.turn().conversation().toString();
    var headers = new RecordHeaders();
    CloudEvents.mark(
        headers, delivery.replyKey() + "/" + delivery.status(), SOURCE, Delivery.class);
    byte[] value = deliveries.serialize(Topics.DELIVERIES.name(), headers, delivery);
    int partition = Partitions.of(Topics.DELIVERIES, key, partitions);
    var _ =
        producer.send(
            new ProducerRecord<>(Topics.DELIVERIES.name(), partition, key, value, headers));
    String account = delivery.turn().account().value();
    meters
        .counter("crew.replies", "tenant_id", account, "status", delivery.status().name())
        .increment();
  }

  private void park(ConsumerRecord<String, byte[]> entry, Exception cause) {
    var topic = Topics.parkedOf(Topics.REPLIES);
    var origin = new LogPosition(entry.topic(), entry.partition(), entry.offset());
    byte[] key = String.valueOf(entry.key()).getBytes(StandardCharsets.UTF_8);
    var parked =
        Parking.park(
            "publisher", origin, key, entry.value(), entry.headers(), cause, clock.instant());
    var _ =
        producer.send(
            new ProducerRecord<>(
                topic.name(),
                Partitions.of(topic, Parking.keyOf(topic, key), partitions),
                Parking.keyOf(topic, key),
                topic.serde().toBytes(parked)));
  }

  @Override
  public void close() {
    closed = true;
    typing.close();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(2, java.util.concurrent.TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
      reading.join(Duration.ofSeconds(3));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofSeconds(2));
    tenants.close();
  }
}
