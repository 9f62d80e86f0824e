package io.mcpcrew.crew.claim;

import io.mcpcrew.crew.protocol.Moment;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Alive;
import io.mcpcrew.schemas.contract.Autonomy;
import io.mcpcrew.schemas.contract.Claimed;
import io.mcpcrew.schemas.contract.Gone;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.Work;
import io.mcpcrew.schemas.contract.WorkEvent;
import io.mcpcrew.schemas.topics.Partitions;
import io.mcpcrew.schemas.topics.Topics;
import io.mcpcrew.schemas.wire.CloudEvents;
import io.mcpcrew.schemas.wire.CrewSerde;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// What this worker says in `crew.work`.
public final class WorkLog implements AutoCloseable {
  /// Marks the claim of a turn whose answer the customer will read.
  public static final String ANSWERS = "crew_answers";

  private static final String SOURCE = "/mcp-crew/crew-workers";

  private final KafkaProducer<String, byte[]> producer;
  private final CrewSerde<Work> serde = Topics.WORK.serde();
  private final Clock clock;
  private final int partitions;

  public WorkLog(KafkaClients clients, Clock clock, String name) {
    this.producer = clients.gatheringProducer(name + "-work");
    this.partitions = clients.settings().partitions();
    this.clock = clock;
  }

  /// Now, by both clocks.
  Moment moment() {
    return new Moment(System.nanoTime(), clock.instant());
  }

  /// Where the turn's account lies.
  int partitionOf(TurnId turn) {
    return Partitions.of(Topics.WORK, turn.conversation().toString(), partitions);
  }

  /// The record of something said about a turn; for the transaction that claims it.
  ProducerRecord<String, byte[]> entry(String worker, TurnId turn, WorkEvent event) {
    String key = turn.conversation().toString();
    return entry(
        worker, key, partitionOf(turn), turn + "/" + event.getClass().getSimpleName(), event);
  }

  /// The claim of a turn. Where the answer reaches the customer it says so, for who shows that
  /// somebody types.
  ProducerRecord<String, byte[]> claim(String worker, Turn turn) {
    ProducerRecord<String, byte[]> entry =
        entry(worker, turn.turn(), new Claimed(turn.turn(), turn.attempt()));
    if (turn.autonomy() == Autonomy.ANSWER || turn.autonomy() == Autonomy.CONFIRM) {
      entry.headers().add(ANSWERS, new byte[] {'1'});
    }
    return entry;
  }

  private ProducerRecord<String, byte[]> entry(
      String worker, String key, int partition, String id, WorkEvent event) {
    var headers = new RecordHeaders();
    CloudEvents.mark(headers, id, SOURCE, Work.class);
    var work = new Work(worker, clock.instant(), event);
    byte[] value = serde.serialize(Topics.WORK.name(), headers, work);
    return new ProducerRecord<>(Topics.WORK.name(), partition, key, value, headers);
  }

  /// Says something about a turn; done when all replicas have it.
  public Future<RecordMetadata> say(String worker, TurnId turn, WorkEvent event) {
    return producer.send(entry(worker, turn, event));
  }

  /// Says that the worker lives and holds turns in a partition.
  CompletableFuture<Void> alive(String worker, int partition, int turns) {
    return ofWorker(worker, partition, "alive", new Alive(turns));
  }

  /// Says in every partition that the process of a worker has ended.
  CompletableFuture<Void> gone(String worker) {
    return CompletableFuture.allOf(
        IntStream.range(0, partitions)
            .mapToObj(partition -> ofWorker(worker, partition, "gone", new Gone()))
            .toArray(CompletableFuture<?>[]::new));
  }

  private CompletableFuture<Void> ofWorker(
      String worker, int partition, String what, WorkEvent event) {
    var said = new CompletableFuture<Void>();
    var _ =
        producer.send(
            entry(worker, "~" + worker, partition, worker + "/" + what, event),
            (_, failure) -> {
              if (failure == null) {
                said.complete(null);
              } else {
                said.completeExceptionally(failure);
              }
            });
    return said;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(3));
  }
}
