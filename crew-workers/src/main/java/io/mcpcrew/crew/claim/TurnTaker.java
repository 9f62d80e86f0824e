package io.mcpcrew.crew.claim;

import io.mcpcrew.crew.protocol.Lease;
import io.mcpcrew.crew.protocol.Moment;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.topics.Topics;
import io.mcpcrew.schemas.wire.CrewSerde;
import io.mcpcrew.schemas.wire.WireFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes turns, no more than its window has room for. The claims of a poll and the offsets of its
/// records are one Kafka transaction, committed before a turn is begun: so a turn record is taken
/// by one worker and never delivered again.
///
/// When a commit's end is unknown, the worker goes on under another name. Whatever it may have
/// claimed under the old one then misses its signs of life and is handed on by intent-stream,
/// instead of being waited for.
public final class TurnTaker implements Runnable, AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(TurnTaker.class);
  private static final String GROUP = "crew-workers";

  /// Who comes within this time of another is taken with the next: a transaction costs far more
  /// than the turns in it.
  private static final Duration BETWEEN_TAKES = Duration.ofMillis(10);

  /// The longest rest after a take that itself took long.
  private static final Duration LONGEST_REST = Duration.ofMillis(50);

  /// A turn that is ours now, and who we were when we took it.
  public record Taken(
      Turn turn,
      String worker,
      Lease.Claim claim,
      String token,
      ConsumerRecord<String, byte[]> entry) {}

  private final KafkaClients clients;
  private final WorkLog log;
  private final Lease lease;
  private final Window window;
  private final Consumer<Taken> start;
  private final Consumer<ConsumerRecord<String, byte[]>> unreadable;
  private final String instance;
  private final KeptNames names;
  private final String transactions;
  private final KafkaConsumer<String, byte[]> consumer;
  private final CrewSerde<Turn> serde = Topics.TURNS.serde();
  private KafkaProducer<String, byte[]> producer;
  private volatile String worker;
  private volatile boolean closed;
  private volatile boolean assigned;
  private volatile boolean took;

  public TurnTaker(
      KafkaClients clients,
      WorkLog log,
      Lease lease,
      Window window,
      String instance,
      KeptNames names,
      Consumer<Taken> start,
      Consumer<ConsumerRecord<String, byte[]>> unreadable) {
    this.clients = clients;
    this.log = log;
    this.lease = lease;
    this.window = window;
    this.instance = instance;
    this.names = names;
    this.start = start;
    this.unreadable = unreadable;
    this.consumer = clients.consumer(instance + "-turns", GROUP);
    this.worker = newName();
    String kept = clients.settings().instance();
    this.transactions = "crew-claims-" + (kept.isEmpty() ? worker : kept);
    this.producer = newProducer();
  }

  private String newName() {
    String name = instance + "-" + UUID.randomUUID().toString().substring(0, 8);
    names.add(name);
    return name;
  }

  /// Tells that those are gone in whose place this process has come: what they held need not wait
  /// for the end of its lease. Nothing of them is still to be committed: that was ended when our
  /// first transactions were begun, or can never be.
  public void tellWhoIsGone() {
    List<String> left = names.left();
    if (!left.isEmpty()) {
      gone(left)
          .thenRun(() -> {
            names.forgetThoseBefore();
            LOGGER.atInfo().addKeyValue("workers", left).log("told that they are gone");
          })
          .exceptionally(TurnTaker::notTold);
    }
  }

  /// Tells that this worker is gone itself, for turns that it could not bring to their end.
  ///
  /// @param within how long the log may take
  public void tellOwnEnd(Duration within) {
    if (!took) {
      names.forgetAll();
      return;
    }
    gone(names.own())
        .orTimeout(within.toMillis(), TimeUnit.MILLISECONDS)
        .thenRun(names::forgetAll)
        .exceptionally(TurnTaker::notTold)
        .join();
  }

  private CompletableFuture<Void> gone(List<String> workers) {
    return CompletableFuture.allOf(
        workers.stream().map(log::gone).toArray(CompletableFuture<?>[]::new));
  }

  /// Their turns are missed after their lease.
  private static @Nullable Void notTold(Throwable failure) {
    LOGGER.atWarn().setCause(failure).log("could not tell which worker is gone");
    return null;
  }

  private KafkaProducer<String, byte[]> newProducer() {
    var fresh = clients.transactionalProducer(worker, transactions);
    // Ends what is left of our earlier transaction, one way or the other, before anything new
    // begins: also what was left by a process of our name that was killed, behind which everybody
    // would wait for the broker to lose patience.
    fresh.initTransactions();
    return fresh;
  }

  /// The name under which turns are taken now.
  public String worker() {
    return worker;
  }

  public boolean isAssigned() {
    return assigned;
  }

  @Override
  public void run() {
    try (consumer) {
      consumer.subscribe(List.of(Topics.TURNS_URGENT.name(), Topics.TURNS.name()));
      while (!closed) {
        int room = window.room();
        pauseWhenFull(room);
        ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofMillis(100));
        assigned = !consumer.assignment().isEmpty();
        List<ConsumerRecord<String, byte[]>> first = first(records, room);
        if (!first.isEmpty()) {
          long began = System.nanoTime();
          take(first);
          LockSupport.parkNanos(rest(Duration.ofNanos(System.nanoTime() - began)).toNanos());
        }
      }
    } catch (WakeupException closing) {
      // Asked to end.
    } catch (KafkaException e) {
      LOGGER.atError().setCause(e).log("taking turns stopped");
      assigned = false;
    } finally {
      producer.close(Duration.ofSeconds(2));
    }
  }

  /// After a take: until the time between takes is over, and not less than it took. It takes long
  /// when the processors are busy, and then fewer and larger transactions are what helps.
  static Duration rest(Duration took) {
    Duration left = BETWEEN_TAKES.minus(took);
    Duration rest = left.compareTo(took) > 0 ? left : took;
    return rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
  }

  private void pauseWhenFull(int room) {
    Set<TopicPartition> all = consumer.assignment();
    if (room == 0) {
      consumer.pause(all);
    } else if (!consumer.paused().isEmpty()) {
      consumer.resume(all);
    }
  }

  /// The first of each partition, as many as there is room for; the others are read again.
  private List<ConsumerRecord<String, byte[]>> first(
      ConsumerRecords<String, byte[]> records, int room) {
    List<ConsumerRecord<String, byte[]>> first = new ArrayList<>();
    if (records.count() <= room) {
      records.forEach(first::add);
      return first;
    }
    int left = room;
    int partitions = records.partitions().size();
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<String, byte[]>> all = records.records(partition);
      int share = Math.min(all.size(), Math.ceilDiv(left, partitions--));
      first.addAll(all.subList(0, share));
      left -= share;
      if (share < all.size()) {
        consumer.seek(partition, all.get(share).offset());
      }
    }
    return first;
  }

  private void take(List<ConsumerRecord<String, byte[]>> records) {
    took = true;
    Moment sentAt = log.moment();
    Map<ConsumerRecord<String, byte[]>, Turn> taken = new LinkedHashMap<>();
    try {
      producer.beginTransaction();
      for (ConsumerRecord<String, byte[]> entry : records) {
        Turn turn = read(entry);
        if (turn != null) {
          // The commit reports what fails here.
          var _ = producer.send(log.claim(worker, turn));
          taken.put(entry, turn);
        }
      }
      producer.sendOffsetsToTransaction(next(records), consumer.groupMetadata());
      producer.commitTransaction();
    } catch (KafkaException e) {
      LOGGER.atWarn().addKeyValue("worker", worker).setCause(e).log("claims not committed");
      beginAgain();
      return;
    }
    Moment known = log.moment();
    taken.forEach((entry, turn) -> {
      Lease.Claim claim = lease.claimed(worker, log.partitionOf(turn.turn()), sentAt, known);
      window.taken();
      start.accept(new Taken(turn, worker, claim, token(entry), entry));
    });
  }

  private @Nullable Turn read(ConsumerRecord<String, byte[]> entry) {
    try {
      return serde.deserialize(entry.topic(), entry.headers(), entry.value());
    } catch (WireFailure e) {
      unreadable.accept(entry);
      return null;
    }
  }

  private static String token(ConsumerRecord<String, byte[]> entry) {
    var header = entry.headers().lastHeader("crew_turn_token");
    return header == null
        ? ""
        : new String(header.value(), java.nio.charset.StandardCharsets.US_ASCII);
  }

  private static Map<TopicPartition, OffsetAndMetadata> next(
      List<ConsumerRecord<String, byte[]>> records) {
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    for (ConsumerRecord<String, byte[]> entry : records) {
      next.put(
          new TopicPartition(entry.topic(), entry.partition()),
          new OffsetAndMetadata(entry.offset() + 1));
    }
    return next;
  }

  private void beginAgain() {
    producer.close(Duration.ZERO);
    worker = newName();
    producer = newProducer();
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(consumer.assignment());
    for (TopicPartition partition : consumer.assignment()) {
      OffsetAndMetadata offset = committed.get(partition);
      if (offset == null) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, offset);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
  }
}
