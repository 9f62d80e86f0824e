package io.mcpcrew.crew.claim;

import static io.mcpcrew.crew.Shop.LOJA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.crew.Shop;
import io.mcpcrew.crew.TestLog;
import io.mcpcrew.crew.claim.TurnTaker.Taken;
import io.mcpcrew.crew.protocol.Lease;
import io.mcpcrew.crew.protocol.Moment;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.kafka.KafkaSettings;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Alive;
import io.mcpcrew.schemas.contract.Claimed;
import io.mcpcrew.schemas.contract.Gone;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.Work;
import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.topics.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TurnTakerIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static TestLog log;

  private final Deque<Worker> workers = new ArrayDeque<>();

  @BeforeAll
  static void start(@TempDir Path folder) {
    log = TestLog.start(folder);
  }

  @AfterAll
  static void stop() {
    log.close();
  }

  @AfterEach
  void endWorkers() {
    while (!workers.isEmpty()) {
      workers.pop().close();
    }
  }

  @Test
  void two_workers_claim_each_turn_exactly_once() {
    Worker one = worker("one");
    Worker two = worker("two");
    await().atMost(SOON).until(() -> one.taker.isAssigned() && two.taker.isAssigned());

    Set<TurnId> all = write("both", 1, 200);

    awaitStarted(all);
    assertThat(started()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all);
    assertThat(claims(all)).extracting(Claimed::turn).containsExactlyInAnyOrderElementsOf(all);
    assertThat(one.taken).isNotEmpty();
    assertThat(two.taken).isNotEmpty();
  }

  @Test
  void what_a_worker_read_and_had_not_committed_when_it_died_goes_to_another() {
    Set<TurnId> all = write("doomed", 1, 20);
    Set<TurnId> seen = new HashSet<>();
    var work = new WorkLog(log.clients(), Clock.systemUTC(), "doomed");
    try (var consumer = log.clients().consumer("doomed", "crew-workers");
        var producer = log.clients().transactionalProducer("doomed", "crew-claims-doomed")) {
      producer.initTransactions();
      producer.beginTransaction();
      consumer.subscribe(List.of(Topics.TURNS_URGENT.name(), Topics.TURNS.name()));
      await()
          .atMost(SOON)
          .until(() -> {
            ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofMillis(100));
            for (ConsumerRecord<String, byte[]> entry : records) {
              Turn turn = Topics.TURNS.serde().fromBytes(entry.value(), null);
              var _ = producer.send(work.entry("doomed", turn.turn(), new Claimed(turn.turn(), 1)));
              seen.add(turn.turn());
            }
            return seen.containsAll(all);
          });
      producer.flush();
      // Here it dies: claims are in the log, but not committed, and so are no offsets.
    } finally {
      work.close();
    }

    Worker other = worker("other");

    awaitStarted(all);
    assertThat(other.turns()).containsAll(all).doesNotHaveDuplicates();
    assertThat(claims(all)).extracting(Claimed::turn).containsExactlyInAnyOrderElementsOf(all);
    assertThat(log.read(Topics.WORK)).noneMatch(said -> said.worker().equals("doomed"));
  }

  @Test
  void
      who_comes_back_under_its_name_takes_what_it_had_while_the_group_still_counts_on_the_one_before() {
    var kept =
        new KafkaClients(
            new KafkaSettings(
                log.clients().settings().bootstrapServers(),
                log.clients().settings().partitions(),
                (short) 1,
                KafkaSettings.Compression.NONE,
                "kept"));
    Set<TurnId> all = write("kept", 1, 20);
    // It tells the group that it lives and reads no more: for minutes the group would wait for it
    // before it shared its turns anew.
    try (var hung = kept.consumer("hung", "crew-workers");
        var producer = kept.transactionalProducer("hung", "crew-claims-kept")) {
      producer.initTransactions();
      hung.subscribe(List.of(Topics.TURNS_URGENT.name(), Topics.TURNS.name()));
      await().atMost(SOON).until(() -> !hung.poll(Duration.ofMillis(100)).isEmpty());
      producer.beginTransaction();
      var _ =
          producer.send(
              new ProducerRecord<>(Topics.WORK.name(), 0, "loja/chatwoot-kept", new byte[] {0}));
      producer.flush();

      workers.push(new Worker(kept, "kept", 5_000));

      awaitStarted(all);
      assertThatThrownBy(producer::commitTransaction).isInstanceOf(KafkaException.class);
    }
    assertThat(claims(all)).extracting(Claimed::turn).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void what_is_written_while_one_of_two_ends_is_claimed_once_by_one_of_them() {
    Worker leaving = worker("leaving");
    worker("staying");
    await().atMost(SOON).until(() -> workers.stream().allMatch(w -> w.taker.isAssigned()));

    Set<TurnId> all = write("leaving", 1, 100);
    leaving.taker.close();
    all.addAll(write("leaving", 101, 50));

    awaitStarted(all);
    assertThat(started()).doesNotHaveDuplicates();
    assertThat(claims(all)).extracting(Claimed::turn).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void a_worker_whose_claims_fail_goes_on_under_another_name_and_claims_once() {
    Worker worker = worker("fenced");
    awaitStarted(write("fenced", 1, 1));
    String before = worker.taker.worker();
    // Another producer under its id fences it: its next commit fails.
    try (var usurper = log.clients().transactionalProducer("usurper", "crew-claims-" + before)) {
      usurper.initTransactions();
    }

    Set<TurnId> all = write("fenced", 2, 10);

    awaitStarted(all);
    assertThat(worker.turns()).doesNotHaveDuplicates();
    assertThat(claims(all)).extracting(Claimed::turn).containsExactlyInAnyOrderElementsOf(all);
    assertThat(worker.taker.worker()).isNotEqualTo(before).startsWith("fenced-");
    assertThat(worker.taken.getLast().worker()).isEqualTo(worker.taker.worker());
  }

  @Test
  void an_unreadable_turn_is_handed_over_for_parking_and_the_next_ones_are_taken() {
    Worker worker = worker("reading");
    TurnId bad = Shop.id(LOJA, "chatwoot-unreadable", 1);
    log.write(Topics.TURNS, bad.conversation().toString(), new byte[] {1, 2, 3}, Map.of());

    Set<TurnId> all = write("unreadable", 1, 3);

    awaitStarted(all);
    await().atMost(SOON).until(() -> worker.unreadable.size() == 1);
    assertThat(worker.unreadable.getFirst().value()).containsExactly(1, 2, 3);
  }

  @Test
  void urgent_turns_are_taken_too_and_the_turns_token_comes_with_it() {
    Worker worker = worker("urgent");
    TurnId urgent = Shop.id(LOJA, "chatwoot-urgent", 1);

    byte[] value = Topics.TURNS_URGENT.serde().toBytes(Shop.turn(urgent, 2, "pt"));
    log.write(
        Topics.TURNS_URGENT,
        urgent.conversation().toString(),
        value,
        Map.of("crew_turn_token", "a.token"));

    awaitStarted(Set.of(urgent));
    Taken taken =
        worker.taken.stream().filter(t -> t.turn().turn().equals(urgent)).findFirst().orElseThrow();
    assertThat(taken.token()).isEqualTo("a.token");
    assertThat(claims(Set.of(urgent))).containsExactly(new Claimed(urgent, 2));
  }

  @Test
  void a_new_worker_that_meets_a_crowd_takes_a_part_and_more_as_it_ends_turns() throws Exception {
    Set<TurnId> all = write("crowd", 1, 400);

    var fresh = new Worker(log.clients(), "fresh", new Window(5_000), KeptNames.nowhere());
    workers.push(fresh);
    await().atMost(SOON).until(() -> fresh.taken.size() >= 100);
    Thread.sleep(700);
    assertThat(fresh.taken).as("none has come to its end").hasSize(100);

    await()
        .atMost(SOON)
        .until(() -> {
          while (fresh.window.held() > 0) {
            fresh.window.ended();
          }
          return started().containsAll(all);
        });
    assertThat(fresh.turns()).doesNotHaveDuplicates();
    assertThat(claims(all)).extracting(Claimed::turn).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void who_comes_in_the_place_of_a_killed_worker_tells_that_it_is_gone(@TempDir Path folder) {
    String killed;
    try (var names = KeptNames.in(folder)) {
      var dying = new Worker(log.clients(), "dying", 5_000, names);
      killed = dying.taker.worker();
      // Killed: it says nothing any more, and its file stays as it is.
      dying.close();
    }

    try (var names = KeptNames.in(folder)) {
      var next = new Worker(log.clients(), "next", 5_000, names);
      workers.push(next);
      next.taker.tellWhoIsGone();

      await()
          .atMost(SOON)
          .until(() -> partitionsThatSay(killed) == log.clients().settings().partitions());
      assertThat(partitionsThatSay(next.taker.worker())).isZero();
    }
    try (var names = KeptNames.in(folder)) {
      assertThat(names.left()).as("told once").doesNotContain(killed).hasSize(1);
    }
  }

  @Test
  void a_worker_that_ends_in_order_tells_it_itself(@TempDir Path folder) {
    try (var names = KeptNames.in(folder)) {
      var ending = new Worker(log.clients(), "ending", 5_000, names);
      workers.push(ending);
      await().atMost(SOON).until(ending.taker::isAssigned);
      Set<TurnId> turn = write("ending", 1, 1);
      await().atMost(SOON).until(() -> ending.turns().containsAll(turn));

      ending.taker.tellOwnEnd(SOON);

      assertThat(partitionsThatSay(ending.taker.worker()))
          .isEqualTo(log.clients().settings().partitions());
    }
    try (var names = KeptNames.in(folder)) {
      assertThat(names.left()).isEmpty();
    }
  }

  private static long partitionsThatSay(String gone) {
    return log.read(Topics.WORK).stream()
        .filter(said -> said.event() instanceof Gone && said.worker().equals(gone))
        .count();
  }

  @Test
  void signs_of_life_are_given_where_turns_are_held_and_lengthen_the_lease() {
    Worker worker = worker("signing");
    TurnId turn = write("signing", 1, 1).iterator().next();
    awaitStarted(Set.of(turn));
    Moment sixSecondsLater = later(worker.work.moment(), Duration.ofSeconds(6));

    try (var _ =
        new LifeSigns(worker.work, worker.lease, worker.taker::worker, Duration.ofMillis(50))) {
      await().atMost(SOON).until(() -> worker.taken.getFirst().claim().mayWrite(sixSecondsLater));
    }

    List<Work> signs =
        log.read(Topics.WORK).stream()
            .filter(w -> w.worker().equals(worker.taker.worker()))
            .toList();
    assertThat(signs).extracting(Work::event).contains(new Alive(1));
  }

  private Set<TurnId> write(String conversation, int first, int count) {
    Set<TurnId> written = new HashSet<>();
    for (int n = first; n < first + count; n++) {
      // Turns lie by their whole key, so that many conversations are in all partitions.
      TurnId turn = Shop.id(LOJA, "chatwoot-" + conversation + n, 1);
      Topic<Turn> topic = Topics.TURNS;
      log.write(topic, turn.conversation().toString(), Shop.turn(turn, 1, "pt"));
      written.add(turn);
    }
    return written;
  }

  private void awaitStarted(Set<TurnId> all) {
    await().atMost(SOON).until(() -> new HashSet<>(started()).containsAll(all));
  }

  private List<TurnId> started() {
    List<TurnId> started = new ArrayList<>();
    workers.forEach(worker -> started.addAll(worker.turns()));
    return started;
  }

  private static List<Claimed> claims(Set<TurnId> of) {
    return log.read(Topics.WORK).stream()
        .map(Work::event)
        .filter(Claimed.class::isInstance)
        .map(Claimed.class::cast)
        .filter(claimed -> of.contains(claimed.turn()))
        .toList();
  }

  private Worker worker(String name) {
    var worker = new Worker(name, 5000);
    workers.push(worker);
    return worker;
  }

  private static Moment later(Moment moment, Duration by) {
    return new Moment(moment.nanos() + by.toNanos(), moment.wall().plus(by));
  }

  /// A taker on a thread of its own, that holds what it takes.
  private static final class Worker implements AutoCloseable {
    final List<Taken> taken = new CopyOnWriteArrayList<>();
    final List<ConsumerRecord<String, byte[]>> unreadable = new CopyOnWriteArrayList<>();
    final Lease lease = new Lease(Duration.ofSeconds(6));
    final Window window;
    final WorkLog work;
    final TurnTaker taker;
    private final Thread thread;

    Worker(String name, int places) {
      this(log.clients(), name, places);
    }

    Worker(KafkaClients clients, String name, int places) {
      this(clients, name, places, KeptNames.nowhere());
    }

    Worker(KafkaClients clients, String name, int places, KeptNames names) {
      this(clients, name, new Window(places, places), names);
    }

    Worker(KafkaClients clients, String name, Window window, KeptNames names) {
      this.window = window;
      this.work = new WorkLog(clients, Clock.systemUTC(), name);
      this.taker =
          new TurnTaker(clients, work, lease, window, name, names, taken::add, unreadable::add);
      this.thread = new Thread(taker, name);
      thread.start();
    }

    List<TurnId> turns() {
      return taken.stream().map(t -> t.turn().turn()).toList();
    }

    @Override
    public void close() {
      taker.close();
      try {
        thread.join(Duration.ofSeconds(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      work.close();
      assertThat(thread.isAlive()).isFalse();
    }
  }
}
