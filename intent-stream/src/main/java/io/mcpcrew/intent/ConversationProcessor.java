package io.mcpcrew.intent;

import io.mcpcrew.intent.conversation.AccountGate;
import io.mcpcrew.intent.conversation.AccountGate.Transitioned;
import io.mcpcrew.intent.conversation.ConversationMachine;
import io.mcpcrew.intent.conversation.Input;
import io.mcpcrew.intent.conversation.Rules;
import io.mcpcrew.intent.find.IntentFinder;
import io.mcpcrew.intent.measure.AccountMeters;
import io.mcpcrew.intent.replay.LimitsLine;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Alive;
import io.mcpcrew.schemas.contract.Announced;
import io.mcpcrew.schemas.contract.Claimed;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.Decision;
import io.mcpcrew.schemas.contract.Delivery;
import io.mcpcrew.schemas.contract.Fenced;
import io.mcpcrew.schemas.contract.Gone;
import io.mcpcrew.schemas.contract.Step;
import io.mcpcrew.schemas.contract.Tick;
import io.mcpcrew.schemas.contract.Work;
import io.mcpcrew.schemas.topics.Topics;
import io.mcpcrew.schemas.wire.CrewSerde;
import io.mcpcrew.schemas.wire.WireFailure;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
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

/// Carries records to the state machine and its decisions to stores and topics. A transition is
/// decided and encoded whole before a store is touched; what fails until then parks the record, in
/// the same transaction, and the partition goes on.
final class ConversationProcessor implements Processor<String, byte[], String, byte[]> {
  private static final Logger LOGGER = LoggerFactory.getLogger(ConversationProcessor.class);

  /// Timers run per tick; more than these wait for the next one.
  private static final int MOST_TIMERS = 500;

  private static final int WORKERS_AT_HAND = 1_000;

  /// A conversation whose transition fails by time is tried again after this.
  private static final Duration STUCK_FOR = Duration.ofMinutes(1);

  /// A worker's sign that is nearer to the one before is as good as that one: leases are seconds.
  private static final Duration SIGNS_APART = Duration.ofMillis(250);

  /// Instead of the time of a worker's last sign.
  private static final byte[] GONE = {};

  private final Function<AccountId, Optional<Tenant>> tenants;
  private final Predicate<AccountId> paused;
  private final IntentFinder finder;
  private final IntentSettings settings;
  private final Entries entries;
  private final String limits;
  private final Stumbles stumbles;
  private final AccountMeters meters;
  private final Outbox.TurnTokens tokens;
  private final CrewSerde<ConversationEvent> events = Topics.MESSAGES.serde();
  private final CrewSerde<Work> work = Topics.WORK.serde();
  private final CrewSerde<Decision> decisions = Topics.DECISIONS.serde();
  private final CrewSerde<Delivery> deliveries = Topics.DELIVERIES.serde();
  private final CrewSerde<Tick> ticks = Topics.TICKS.serde();
  private final Set<AccountId> sleeping = new HashSet<>();
  private ProcessorContext<String, byte[]> context;
  private Drawer workers;
  private Accounts accounts;
  private Aside aside;
  private Timers timers;
  private OneStore older;
  private long tickSentAt;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
  ConversationProcessor(
      Function<AccountId, Optional<Tenant>> tenants,
      Predicate<AccountId> paused,
      IntentFinder finder,
      IntentSettings settings,
      int partitions,
      Outbox.TurnTokens tokens,
      Stumbles stumbles,
      AccountMeters meters) {
    this.tenants = tenants;
    this.paused = paused;
    this.finder = finder;
    this.settings = settings;
    this.entries = new Entries(partitions);
    this.limits = LimitsLine.of(settings.limits());
    this.tokens = tokens;
    this.stumbles = stumbles;
    this.meters = meters;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> streams) {
    context = streams;
    aside = new Aside(streams, meters);
    KeyValueStore<String, byte[]> store = streams.getStateStore(IntentTopology.STORE);
    workers = new Drawer(store, Drawer.Part.WORKERS, WORKERS_AT_HAND);
    accounts = new Accounts(store);
    timers = new Timers(new Drawer(store, Drawer.Part.TIMERS));
    accounts.waiting().stream().filter(paused).forEach(sleeping::add);
    older = new OneStore(store);
    streams.schedule(settings.tick(), PunctuationType.WALL_CLOCK_TIME, this::makeTick);
  }

  private void derive(ConversationState state) {
    if (accounts.derive(state) && paused.test(state.conversation().account())) {
      sleeping.add(state.conversation().account());
    }
    timers.move(
        state.conversation().toString(), null, due(state, rules(state.conversation().account())));
  }

  @Override
  public void process(Record<String, byte[]> entry) {
    RecordMetadata at = context.recordMetadata().orElseThrow();
    var place = new Stumbles.At(new TopicPartition(at.topic(), at.partition()), at.offset());
    long thread = Thread.currentThread().threadId();
    older.derive(accounts, this::derive);
    if (stumbles.begins(thread, place)) {
      aside.park(
          entry,
          at,
          new IllegalStateException("%d stream threads ended at it".formatted(Stumbles.MOST)));
    } else {
      read(entry, at);
    }
    stumbles.passed(thread, place);
  }

  private void read(Record<String, byte[]> entry, RecordMetadata at) {
    try {
      if (at.topic().equals(Topics.MESSAGES.name())) {
        message(entry, at);
      } else if (at.topic().equals(Topics.WORK.name())) {
        work(entry, at);
      } else if (at.topic().equals(Topics.DECISIONS.name())) {
        decision(entry, at);
      } else if (at.topic().equals(Topics.DELIVERIES.name())) {
        delivery(entry, at);
      } else {
        time(entry, at);
      }
    } catch (StreamsException ofStreams) {
      // Not the record's fault: Streams takes the task back and reads the record again.
      throw ofStreams;
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      aside.park(entry, at, e);
    }
  }

  // ------------------------------------------------------------------ the five inputs

  private void message(Record<String, byte[]> entry, RecordMetadata at) {
    entries.checkPlace(Topics.MESSAGES, entry.key(), at);
    ConversationEvent event = Entries.read(events, entry);
    if (!event.conversation().toString().equals(entry.key())) {
      throw new WireFailure(
          WireFailure.Kind.MISROUTED, "the record's key is not its event's conversation");
    }
    decide(event.conversation(), new Input.Happened(event), entry, at, entry.headers());
  }

  private void work(Record<String, byte[]> entry, RecordMetadata at) {
    Work done = Entries.read(work, entry);
    switch (done.event()) {
      case Alive _ -> sign(done.worker(), entry.timestamp());
      case Claimed claimed -> worked(claimed.turn(), done, entry, at);
      case Step step -> worked(step.turn(), done, entry, at);
      case Announced announced -> worked(announced.turn(), done, entry, at);
      case Concluded concluded -> worked(concluded.turn(), done, entry, at);
      case Fenced fenced -> worked(fenced.turn(), done, entry, at);
      case Gone _ -> gone(done, entry, at);
    }
  }

  private void worked(TurnId turn, Work done, Record<String, byte[]> entry, RecordMetadata at) {
    entries.checkPlace(Topics.WORK, turn.conversation().toString(), at);
    if (!(done.event() instanceof Fenced)) {
      sign(done.worker(), entry.timestamp());
    }
    ConversationKey key = turn.conversation();
    var input =
        new Input.Worked(done, at.partition(), at.offset(), lastSign(accounts.conversation(key)));
    decide(key, input, entry, at, entry.headers());
  }

  /// Keeps that a worker has given a sign; not each of a thousand a second. An earlier one counts
  /// too: that of a clock that has been set back.
  private void sign(String worker, long at) {
    byte[] kept = workers.get(worker);
    if (kept == null || (!isGone(kept) && areApart(number(kept), at))) {
      workers.put(worker, bytes(at));
    }
  }

  private static boolean areApart(long sign, long other) {
    return Math.abs(sign - other) >= SIGNS_APART.toMillis();
  }

  /// Whoever is gone gives no sign any more: what still comes was on its way. What is with a worker
  /// has its timer within a lease. One that cannot be decided now is left to its timer.
  private void gone(Work said, Record<String, byte[]> entry, RecordMetadata at) {
    workers.put(said.worker(), GONE);
    Instant now = Instant.ofEpochMilli(entry.timestamp());
    Instant before = now.plus(settings.limits().lease().multipliedBy(2));
    for (Timers.Timer timer : timers.due(before, Integer.MAX_VALUE)) {
      var key = ConversationKey.parse(timer.conversation());
      try {
        if (isWith(said.worker(), key)) {
          var input = new Input.Worked(said, at.partition(), at.offset(), null);
          decide(key, input, entry, at, entry.headers());
        }
      } catch (StreamsException ofStreams) {
        throw ofStreams;
      } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
        LOGGER
            .atError()
            .addKeyValue("conversation", timer.conversation())
            .addKeyValue("worker", said.worker())
            .setCause(e)
            .log("a turn whose worker is gone waits for the end of its lease");
      }
    }
  }

  private boolean isWith(String worker, ConversationKey key) {
    ConversationState state = accounts.conversation(key);
    return state != null && ConversationMachine.worker(state).filter(worker::equals).isPresent();
  }

  private static boolean isGone(byte[] kept) {
    return kept.length == 0;
  }

  private void decision(Record<String, byte[]> entry, RecordMetadata at) {
    Decision decision = Entries.read(decisions, entry);
    ConversationKey key = decision.conversation();
    entries.checkPlace(Topics.DECISIONS, key.toString(), at);
    decide(key, new Input.Decided(decision), entry, at, entry.headers());
  }

  private void delivery(Record<String, byte[]> entry, RecordMetadata at) {
    Delivery delivery = Entries.read(deliveries, entry);
    ConversationKey key = delivery.turn().conversation();
    entries.checkPlace(Topics.DELIVERIES, key.toString(), at);
    switch (delivery.status()) {
      case WITHHELD_PAUSED -> decide(key, new Input.Returned(delivery), entry, at, entry.headers());
      case REFUSED, EXPIRED ->
          decide(key, new Input.Undelivered(delivery), entry, at, entry.headers());
      case POSTED, FOUND_POSTED, WITHHELD_HUMAN_WROTE, WITHHELD_CUSTOMER_WROTE, UNKNOWN -> {}
    }
  }

  private void time(Record<String, byte[]> entry, RecordMetadata at) {
    wakeAll(entry, at);
    Instant now = Instant.ofEpochMilli(entry.timestamp());
    for (Timers.Timer timer : timers.due(now, MOST_TIMERS)) {
      var key = ConversationKey.parse(timer.conversation());
      try {
        timeOf(key, entry, at);
        timers.ran(timer, due(accounts.conversation(key), rules(key.account())));
      } catch (StreamsException ofStreams) {
        throw ofStreams;
      } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
        stuck(timer, now, at, e);
      }
    }
  }

  private void timeOf(ConversationKey key, Record<String, byte[]> entry, RecordMetadata at) {
    ConversationState state = accounts.conversation(key);
    if (state != null) {
      var input = new Input.TimeCame(lastSign(state));
      decide(key, input, entry, at, new RecordHeaders());
    }
  }

  /// A conversation whose transition fails when its time comes is tried again later; the timers
  /// behind it run.
  private void stuck(Timers.Timer timer, Instant now, RecordMetadata at, Throwable cause) {
    LOGGER
        .atError()
        .addKeyValue("conversation", timer.conversation())
        .addKeyValue("partition", at.partition())
        .addKeyValue("again", now.plus(STUCK_FOR))
        .setCause(cause)
        .log("a conversation is stuck");
    timers.postpone(timer, now.plus(STUCK_FOR));
    Aside.accountOf(timer.conversation()).ifPresent(account -> meters.stuck(account, now));
  }

  /// Goes on with what waited for the end of a pause.
  private void wakeAll(Record<String, byte[]> entry, RecordMetadata at) {
    for (AccountId account : List.copyOf(sleeping)) {
      if (!paused.test(account)) {
        sleeping.remove(account);
        try {
          wake(account, entry, at);
        } catch (StreamsException ofStreams) {
          throw ofStreams;
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
          // Tried again at the next tick; the timers run.
          sleeping.add(account);
          LOGGER
              .atError()
              .addKeyValue("tenant_id", account)
              .setCause(e)
              .log("what waited for the end of a pause is stuck");
        }
      }
    }
  }

  private void wake(AccountId account, Record<String, byte[]> entry, RecordMetadata at) {
    Rules rules = rules(account);
    keep(
        account,
        AccountGate.wake(accounts, account, Instant.ofEpochMilli(entry.timestamp()), rules),
        rules,
        entry,
        at,
        _ -> new RecordHeaders());
  }

  /// When the worker of the conversation's attempt last gave a sign.
  private @Nullable Instant lastSign(@Nullable ConversationState state) {
    return Optional.ofNullable(state)
        .flatMap(ConversationMachine::worker)
        .flatMap(worker -> Optional.ofNullable(workers.get(worker)))
        .filter(kept -> !isGone(kept))
        .map(ConversationProcessor::time)
        .orElse(null);
  }

  // ------------------------------------------------------------------ a transition, whole or not
  // at all

  private void decide(
      ConversationKey key,
      Input input,
      Record<String, byte[]> entry,
      RecordMetadata at,
      Headers headers) {
    Rules rules = rules(key.account());
    if (rules.paused()) {
      sleeping.add(key.account());
    }
    try {
      hear(key, input, rules, entry, at, headers);
    } catch (WireFailure e) {
      if (e.kind() != WireFailure.Kind.TOO_LARGE) {
        throw e;
      }
      // Nothing was touched yet. Without its words the conversation can be kept, for a person; the
      // record that was too much is parked, and time is not a record.
      hear(key, new Input.TooLarge(), rules, entry, at, headers);
      if (!(input instanceof Input.TimeCame)) {
        throw e;
      }
    }
  }

  private void hear(
      ConversationKey key,
      Input input,
      Rules rules,
      Record<String, byte[]> entry,
      RecordMetadata at,
      Headers headers) {
    Instant time = Instant.ofEpochMilli(entry.timestamp());
    // Who gets a place because of another's record is of the trace of its own message.
    keep(
        key.account(),
        AccountGate.hear(accounts, key, input, time, rules),
        rules,
        entry,
        at,
        whose -> whose.equals(key) ? headers : new RecordHeaders());
  }

  private Rules rules(AccountId account) {
    Tenant tenant =
        tenants
            .apply(account)
            .orElseThrow(
                () -> new IllegalStateException("there are no settings for account " + account));
    return new Rules(tenant, finder, settings.limits(), paused.test(account));
  }

  private void keep(
      AccountId account,
      AccountGate.Change change,
      Rules rules,
      Record<String, byte[]> entry,
      RecordMetadata at,
      Function<ConversationKey, Headers> headersOf) {
    if (change.transitions().isEmpty()) {
      return;
    }
    var outbox = new Outbox(rules, limits, tokens);
    Map<ConversationKey, Accounts.Kept> newest = new HashMap<>();
    List<Outbox.Letter> letters = new ArrayList<>();
    List<Accounts.Kept> kept = new ArrayList<>();
    for (Transitioned step : change.transitions()) {
      ConversationKey whose = step.after().conversation();
      Accounts.Kept next = accounts.encode(step, headersOf.apply(whose), newest.get(whose));
      newest.put(whose, next);
      kept.add(next);
      letters.addAll(outbox.letters(step, next, at));
    }
    // Nothing can fail from here on but Kafka itself, which takes the whole transaction back. If
    // something else does after all, the thread ends, so that the transaction is taken back too.
    try {
      keep(kept, rules);
      accounts.keep(account, change.places());
      for (Outbox.Letter letter : letters) {
        context.forward(
            new Record<>(letter.key(), letter.value(), entry.timestamp(), letter.headers()),
            IntentTopology.sinkOf(letter.topic()));
      }
    } catch (StreamsException ofStreams) {
      throw ofStreams;
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      throw new StreamsException("a transition failed after a store was touched", e);
    }
    Instant time = Instant.ofEpochMilli(entry.timestamp());
    change.transitions().forEach(step -> meters.decided(step, time));
  }

  /// A conversation that took several steps is kept once, as the last of them has left it: what it
  /// was in between is in the transitions.
  private void keep(List<Accounts.Kept> steps, Rules rules) {
    Map<ConversationKey, Accounts.Kept> whole = new LinkedHashMap<>();
    steps.forEach(step -> whole.merge(step.after().conversation(), step, Accounts.Kept::then));
    for (Accounts.Kept change : whole.values()) {
      accounts.keep(change);
      timers.move(
          change.after().conversation().toString(),
          due(change.before(), rules),
          change.bytesAfter() == null ? null : due(change.after(), rules));
    }
  }

  private static @Nullable Instant due(@Nullable ConversationState state, Rules rules) {
    return state == null ? null : ConversationMachine.due(state, rules).orElse(null);
  }

  // ------------------------------------------------------------------ time

  /// Only says that time has passed; what follows from it is decided when the tick is read, after
  /// the backlog.
  private void makeTick(long wallClock) {
    older.derive(accounts, this::derive);
    boolean due =
        timers.isDue(Instant.ofEpochMilli(wallClock))
            || sleeping.stream().anyMatch(paused.negate());
    if (!due || wallClock - tickSentAt < settings.tick().toMillis()) {
      return;
    }
    tickSentAt = wallClock;
    int partition = context.taskId().partition();
    byte[] tick = ticks.toBytes(new Tick(Instant.ofEpochMilli(wallClock), partition));
    context.forward(
        new Record<>(Integer.toString(partition), tick, wallClock, new RecordHeaders()),
        IntentTopology.sinkOf(Topics.TICKS));
  }

  private static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  private static long number(byte @Nullable [] bytes) {
    return bytes == null ? -1 : ByteBuffer.wrap(bytes).getLong();
  }

  private static Instant time(byte[] bytes) {
    return Instant.ofEpochMilli(number(bytes));
  }
}
