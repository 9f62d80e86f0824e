package io.mcpcrew.bench;

import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.Autonomy;
import io.mcpcrew.schemas.contract.Claimed;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.EffectClass;
import io.mcpcrew.schemas.contract.Intent;
import io.mcpcrew.schemas.contract.Line;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.Task;
import io.mcpcrew.schemas.contract.Tool;
import io.mcpcrew.schemas.contract.ToolCatalogue;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.Work;
import io.mcpcrew.schemas.topics.Topics;
import io.mcpcrew.schemas.wire.CrewSerde;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What intent-stream would write and read: turns, each of a conversation of its own, and what has
/// become of them.
final class TurnLog implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int MOST = 4_000_000;
  private static final String CONVERSATION = "chatwoot-";

  private final ShopLog log;
  private final CrewSerde<Work> work = Topics.WORK.serde();
  private final Listening said;
  private final List<String> settings = new ArrayList<>();
  private final AtomicLongArray due = new AtomicLongArray(MOST);
  private final AtomicInteger concluded = new AtomicInteger();
  private final Map<String, Integer> unanswered = new ConcurrentHashMap<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private volatile Latencies times = new Latencies(1);
  private int next;

  TurnLog(KafkaClients clients, int accounts, String tools) {
    this.log = new ShopLog(clients);
    for (int i = 0; i < accounts; i++) {
      log.settle(account(i), Instant.now());
      settings.add(ShopLog.shop(account(i)).version());
      offer(account(i), tools, 0);
    }
    this.said = new Listening(clients, "bench-turns", Topics.WORK.name(), this::said);
  }

  static AccountId account(int number) {
    return new AccountId("bench-" + number);
  }

  /// From now on the tool takes so long.
  void offer(AccountId account, String url, int millis) {
    var tool =
        new Tool(
            "bench__wait",
            WaitingConnector.tool(millis),
            "bench.wait",
            "Wait",
            "Takes a fixed time.",
            """
            {"type":"object","properties":{"account_id":{"type":"string"},"marker":{"type":"string"}},
             "required":["account_id","marker"],"additionalProperties":false}\
            """,
            null,
            EffectClass.READ,
            null,
            "bench-" + millis);
    log.send(
        Topics.TOOLS,
        account + "/bench",
        new ToolCatalogue(
            account, "bench", List.of(url), true, List.of(tool), false, Instant.now()));
  }

  /// Evenly paced; a time is from when a turn was due until its outcome can be read.
  Latencies paced(Pace pace, String intent, int accounts) throws InterruptedException {
    int first = begin(pace.count());
    Latencies mine = times;
    pace.run((number, at) -> send(intent, number % accounts, first + number, at));
    await(pace.count());
    return mine;
  }

  /// All at once.
  ///
  /// @return how many were concluded in a second
  double pushed(int count, String intent, int accounts) throws InterruptedException {
    int first = begin(count);
    long began = System.nanoTime();
    Pace.push(count, i -> send(intent, i % accounts, first + i, System.nanoTime()));
    await(count);
    return count / ((System.nanoTime() - began) / 1e9);
  }

  Latencies times() {
    return times;
  }

  /// At the same time, since the last measurement began.
  int mostInFlight() {
    return mostInFlight.get();
  }

  /// How many turns ended with anything but a reply, ever, by what they ended with.
  Map<String, Integer> unanswered() {
    return new TreeMap<>(unanswered);
  }

  private int begin(int count) {
    int first = next;
    next += count;
    times = new Latencies(count);
    concluded.set(0);
    inFlight.set(0);
    mostInFlight.set(0);
    return first;
  }

  private void send(String intent, int account, int number, long at) {
    due.set(number, at);
    var key = new ConversationKey(account(account), CONVERSATION + number);
    Instant now = Instant.now();
    var turn =
        new Turn(
            new TurnId(key, 1),
            1,
            List.of(new Line(Author.CUSTOMER, Content.of("Pode medir?"), now)),
            List.of(),
            List.of(),
            List.of(
                new Task(new Intent(intent, 1.0, "rules", "the bench", "pt"), List.of(), "bench")),
            List.of(),
            "whatsapp",
            "1",
            "pt",
            Autonomy.ANSWER,
            settings.get(account),
            number + 1,
            "contact-1",
            now,
            now.plus(Duration.ofHours(1)),
            null);
    log.send(Topics.TURNS, key.toString(), turn);
  }

  private void await(int expected) throws InterruptedException {
    Await.until(
        () -> concluded.get() >= expected,
        PATIENCE,
        () -> "only %d of %d turns were concluded".formatted(concluded.get(), expected));
  }

  private void said(ConsumerRecord<String, byte[]> entry) {
    switch (work.fromBytes(entry.value(), null).event()) {
      case Claimed _ -> mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
      case Concluded end -> concluded(end);
      default -> {}
    }
  }

  private void concluded(Concluded end) {
    String conversation = end.turn().conversation().conversation();
    int number = Integer.parseInt(conversation.substring(CONVERSATION.length()));
    times.add(System.nanoTime() - due.get(number));
    if (end.outcome() != OutcomeKind.REPLY) {
      unanswered.merge("%s: %s".formatted(end.outcome(), end.reason()), 1, Integer::sum);
    }
    inFlight.decrementAndGet();
    concluded.incrementAndGet();
  }

  @Override
  public void close() {
    said.close();
    log.close();
  }
}
