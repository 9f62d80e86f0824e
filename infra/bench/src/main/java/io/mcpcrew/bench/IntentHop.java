package io.mcpcrew.bench;

import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// From a message in the log to its turn in the log, read committed: each message is of a
/// conversation of its own and becomes a turn at once.
final class IntentHop implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int ACCOUNTS = 48;
  private static final int MOST = 4_000_000;
  private static final String CONVERSATION = "chatwoot-";

  private final ShopLog log;
  private final Listening turns;
  private final AtomicLongArray due = new AtomicLongArray(MOST);
  private final AtomicInteger arrived = new AtomicInteger();
  private volatile Latencies times = new Latencies(1);
  private int next;

  IntentHop(KafkaClients clients) {
    this.log = new ShopLog(clients);
    for (int i = 0; i < ACCOUNTS; i++) {
      log.settle(account(i), Instant.now());
    }
    this.turns = new Listening(clients, "bench-intent", Topics.TURNS.name(), this::arrived);
  }

  private static AccountId account(int number) {
    return new AccountId("bench-" + number % ACCOUNTS);
  }

  Measured measure(Pace pace, @Nullable String comparedTo) throws InterruptedException {
    Latencies measured = Rounds.median(pace, this::paced);
    return Measured.of(
        "a message to its turn, intent-stream", null, pace.perSecond(), measured, comparedTo);
  }

  private Latencies paced(Pace pace) throws InterruptedException {
    int first = begin(pace.count());
    Latencies mine = times;
    pace.run((number, at) -> send(account(number), first + number, at));
    await(pace.count());
    return mine;
  }

  /// As many as come through of one account, which lies in one partition.
  Measured ceiling(int count) throws InterruptedException {
    int first = begin(count);
    long began = System.nanoTime();
    Pace.push(count, i -> send(account(0), first + i, System.nanoTime()));
    await(count);
    double perSecond = count / ((System.nanoTime() - began) / 1e9);
    return Measured.of("one account in one partition, pushed", perSecond, 0, times, null);
  }

  private int begin(int count) {
    int first = next;
    next += count;
    times = new Latencies(count);
    arrived.set(0);
    return first;
  }

  private void send(AccountId account, int number, long at) {
    due.set(number, at);
    var key = new ConversationKey(account, CONVERSATION + number);
    log.customerWrites(key, number + 1, BenchSentences.of(number), Instant.now());
  }

  private void await(int expected) throws InterruptedException {
    Await.until(
        () -> arrived.get() >= expected,
        PATIENCE,
        () -> "only %d of %d turns came".formatted(arrived.get(), expected));
  }

  private void arrived(ConsumerRecord<String, byte[]> turn) {
    int number =
        Integer.parseInt(
            turn.key(),
            turn.key().indexOf('/') + 1 + CONVERSATION.length(),
            turn.key().length(),
            10);
    times.add(System.nanoTime() - due.get(number));
    arrived.incrementAndGet();
  }

  @Override
  public void close() {
    turns.close();
    log.close();
  }
}
