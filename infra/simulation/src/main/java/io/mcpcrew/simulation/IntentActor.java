package io.mcpcrew.simulation;

import io.mcpcrew.intent.conversation.AccountGate;
import io.mcpcrew.intent.conversation.AccountGate.Transitioned;
import io.mcpcrew.intent.conversation.Command;
import io.mcpcrew.intent.conversation.ConversationMachine;
import io.mcpcrew.intent.conversation.Input;
import io.mcpcrew.intent.conversation.ShelfInMemory;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Alive;
import io.mcpcrew.schemas.contract.Announced;
import io.mcpcrew.schemas.contract.Answering;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.Claimed;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.Fenced;
import io.mcpcrew.schemas.contract.Gone;
import io.mcpcrew.schemas.contract.Places;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.Step;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// intent-stream, as the real one: reads three topics merged by time, keeps states, and writes what
/// follows in one transaction with its positions. What a crash finds uncommitted never was.
final class IntentActor extends Machine {
  /// How stale a reader's knowledge of a partition's end may be when it compares times.
  static final long FETCHES_WITHIN = 50;

  /// What is read, and how far.
  private static final class Reading {
    final Kafka.Partition partition;
    long next;
    long known;
    long fetchedAt = Long.MIN_VALUE / 2;

    Reading(Kafka.Partition partition) {
      this.partition = partition;
    }

    Kafka.@Nullable Entry head(boolean uncommitted) {
      while (next < known) {
        Kafka.Entry entry = partition.entry(next);
        if (uncommitted || entry.isVisible()) {
          return entry;
        }
        next++;
      }
      return null;
    }
  }

  /// What the last commit left.
  private record Saved(
      ShelfInMemory shelf, Map<String, Instant> signs, Set<String> gone, List<Long> positions) {}

  private final Reading messages;
  private final Reading work;
  private final Reading ticks;
  private final List<Reading> all;
  private ShelfInMemory shelf = new ShelfInMemory();
  private Map<String, Instant> signs = new HashMap<>();
  private Set<String> gone = new HashSet<>();
  private final Map<ConversationKey, Instant> timers = new LinkedHashMap<>();
  private Saved saved = new Saved(new ShelfInMemory(), Map.of(), Set.of(), List.of(0L, 0L, 0L));
  private Kafka.@Nullable Transaction transaction;
  private final List<Runnable> seenWhenCommitted = new ArrayList<>();
  private boolean polling;
  private boolean committing;
  private long tickedAt = -1_000;
  private long alarmAt = Long.MAX_VALUE;

  IntentActor(World world) {
    super(world, "intent-stream");
    this.messages = new Reading(world.messages);
    this.work = new Reading(world.work);
    this.ticks = new Reading(world.ticks);
    this.all = List.of(messages, work, ticks);
    all.forEach(reading -> reading.partition.wakes(() -> wake(1)));
  }

  ShelfInMemory shelf() {
    return shelf;
  }

  /// How far it has read.
  long readTo(Kafka.Partition partition) {
    return all.stream().filter(r -> r.partition == partition).findFirst().orElseThrow().next;
  }

  @Override
  void crashed() {
    Kafka.Transaction open = transaction;
    transaction = null;
    polling = false;
    committing = false;
    alarmAt = Long.MAX_VALUE;
    seenWhenCommitted.clear();
    if (open != null) {
      // A new instance fences the old one; the broker then ends what it had begun.
      world.scheduler.after(world.dice.between(100, 3_000), open::abort);
    }
  }

  @Override
  void started() {
    shelf = saved.shelf().copy();
    signs = new HashMap<>(saved.signs());
    gone = new HashSet<>(saved.gone());
    for (int i = 0; i < all.size(); i++) {
      all.get(i).next = saved.positions().get(i);
      all.get(i).known = all.get(i).next;
      all.get(i).fetchedAt = Long.MIN_VALUE / 2;
    }
    timers.clear();
    for (ConversationState state : shelf.conversations()) {
      ConversationMachine.due(state, world.rules)
          .ifPresent(due -> timers.put(state.conversation(), due));
    }
    wake(1);
  }

  private void wake(long delay) {
    if (!polling && !committing && isAlive()) {
      polling = true;
      later(delay, this::poll);
    }
  }

  private void poll() {
    polling = false;
    if (committing) {
      return;
    }
    boolean behind = false;
    for (Reading reading : all) {
      long end =
          world.mutation == Mutation.READS_UNCOMMITTED
              ? reading.partition.size()
              : reading.partition.stable();
      boolean stale = world.now() - reading.fetchedAt > FETCHES_WITHIN;
      if (stale || world.dice.chance(0.8)) {
        reading.known = Math.max(reading.known, end);
        reading.fetchedAt = world.now();
      } else {
        behind |= reading.known < end;
      }
    }
    if (world.mutation == Mutation.TIMERS_BY_WALL_CLOCK) {
      timeCame(wallTime());
    }
    int most = 1 + world.dice.upTo(8);
    while (most-- > 0) {
      Reading from = next();
      if (from == null) {
        break;
      }
      Kafka.Entry entry = from.head(uncommitted());
      from.next++;
      read(from, Objects.requireNonNull(entry));
    }
    boolean more = next() != null || behind;
    tick();
    if (transaction != null || !seenWhenCommitted.isEmpty()) {
      committing = true;
      later(world.dice.between(1, 8), this::commit);
    } else if (more) {
      wake(world.dice.between(1, FETCHES_WITHIN / 2));
    }
  }

  private boolean uncommitted() {
    return world.mutation == Mutation.READS_UNCOMMITTED;
  }

  /// What is known to be there with the earliest time.
  private @Nullable Reading next() {
    Reading earliest = null;
    long time = Long.MAX_VALUE;
    for (Reading reading : all) {
      Kafka.Entry head = reading.head(uncommitted());
      if (head == null) {
        continue;
      }
      if (world.mutation == Mutation.TOPICS_IN_ANY_ORDER) {
        if (earliest == null || world.dice.chance(0.5)) {
          earliest = reading;
        }
      } else if (head.time() < time) {
        time = head.time();
        earliest = reading;
      }
    }
    return earliest;
  }

  // ------------------------------------------------------------------ the three inputs

  private void read(Reading from, Kafka.Entry entry) {
    // Positions count too, so there is something to commit.
    seenWhenCommitted.add(() -> {});
    Instant at = World.BEGAN.plusMillis(entry.time());
    if (from == messages) {
      ConversationEvent event = (ConversationEvent) entry.value();
      hear(event.conversation(), new Input.Happened(mutated(event, at)), at);
    } else if (from == ticks) {
      timeCame(at);
    } else {
      worked((Work) entry.value(), at, entry);
    }
  }

  private ConversationEvent mutated(ConversationEvent e, Instant at) {
    boolean news = world.mutation == Mutation.OLD_NEWS_IS_HEARD;
    boolean nameless = world.mutation == Mutation.NO_DEDUPLICATION && e.author() == Author.CUSTOMER;
    boolean unseen = world.mutation == Mutation.PERSON_IGNORED && e.author() == Author.HUMAN_AGENT;
    if (!nameless && !unseen && !news) {
      return e;
    }
    return new ConversationEvent(
        e.eventId(),
        e.conversation(),
        e.kind(),
        e.channelEvent(),
        unseen ? Author.SYSTEM : e.author(),
        nameless ? null : e.messageNumber(),
        e.text(),
        e.attachments(),
        e.replyKey(),
        e.channel(),
        e.inbox(),
        unseen ? null : e.facts(),
        news ? at : e.writtenAt(),
        e.receivedAt(),
        e.deliveredBy());
  }

  private void worked(Work said, Instant at, Kafka.Entry entry) {
    if (said.event() instanceof Gone) {
      gone(said, at, entry);
      return;
    }
    if (!(said.event() instanceof Fenced) && !gone.contains(said.worker())) {
      signs.put(said.worker(), at);
    }
    TurnId turn =
        switch (said.event()) {
          case Alive _, Gone _ -> null;
          case Claimed e -> e.turn();
          case Step e -> e.turn();
          case Announced e -> e.turn();
          case Concluded e -> e.turn();
          case Fenced e -> e.turn();
        };
    if (turn != null) {
      ConversationKey key = turn.conversation();
      Work heard =
          switch (world.mutation) {
            case ANY_CONCLUSION -> current(said, shelf.conversation(key));
            case NO_WAIT_FOR_OPEN_WRITES -> overAtOnce(said);
            default -> said;
          };
      hear(key, new Input.Worked(heard, 0, entry.offset(), lastSign(key)), at);
    }
  }

  private void gone(Work said, Instant at, Kafka.Entry entry) {
    gone.add(said.worker());
    signs.remove(said.worker());
    List<ConversationKey> held = new ArrayList<>();
    for (ConversationState state : shelf.conversations()) {
      if (ConversationMachine.worker(state).filter(said.worker()::equals).isPresent()) {
        held.add(state.conversation());
      }
    }
    held.forEach(key -> hear(key, new Input.Worked(said, 0, entry.offset(), null), at));
  }

  /// An announcement as if its call took no time.
  private static Work overAtOnce(Work said) {
    return said.event() instanceof Announced a
        ? new Work(
            said.worker(),
            said.at(),
            new Announced(
                a.turn(),
                a.attempt(),
                a.path(),
                a.tool(),
                a.argumentsHash(),
                a.idempotencyKey(),
                a.effect(),
                a.overAt(),
                0))
        : said;
  }

  /// A conclusion as if it were of the current attempt.
  private static Work current(Work said, @Nullable ConversationState state) {
    return said.event() instanceof Concluded c
            && state != null
            && state.phase() instanceof Answering a
        ? new Work(
            said.worker(),
            said.at(),
            new Concluded(
                a.turn().turn(),
                a.turn().attempt(),
                c.outcome(),
                c.reply(),
                c.note(),
                c.reason(),
                c.memory()))
        : said;
  }

  private void timeCame(Instant at) {
    List<ConversationKey> due =
        timers.entrySet().stream()
            .filter(timer -> !timer.getValue().isAfter(at))
            .map(Map.Entry::getKey)
            .toList();
    for (ConversationKey key : due) {
      hear(key, new Input.TimeCame(lastSign(key)), at);
    }
  }

  private @Nullable Instant lastSign(ConversationKey key) {
    return Optional.ofNullable(shelf.conversation(key))
        .flatMap(ConversationMachine::worker)
        .map(signs::get)
        .orElse(null);
  }

  // ------------------------------------------------------------------ a transition

  private void hear(ConversationKey key, Input input, Instant at) {
    AccountGate.Change change = AccountGate.hear(shelf, key, input, at, world.rules);
    if (change.transitions().isEmpty()) {
      return;
    }
    if (world.mutation == Mutation.PLACE_FORGOTTEN) {
      Places before = shelf.places(World.ACCOUNT);
      if (change.places().taken() < before.taken() && world.dice.chance(0.2)) {
        change = new AccountGate.Change(change.transitions(), before);
      }
    }
    if (world.mutation == Mutation.NUMBERS_BEGIN_ANEW) {
      change = new AccountGate.Change(change.transitions(), new Places(change.places().taken(), 0));
    }
    shelf.keep(World.ACCOUNT, change);
    List<Fenced> fences = new ArrayList<>();
    for (Transitioned step : change.transitions()) {
      ConversationState after = step.after();
      Optional.of(after)
          .filter(_ -> !step.decision().forgets())
          .flatMap(state -> ConversationMachine.due(state, world.rules))
          .ifPresentOrElse(
              due -> timers.put(after.conversation(), due),
              () -> timers.remove(after.conversation()));
      world.tell(() ->
          "%s hears %s: %s %s %s"
              .formatted(
                  after.conversation(),
                  inWords(step.input()),
                  after.phase().getClass().getSimpleName(),
                  step.decision().reasons(),
                  step.decision().commands().stream()
                      .map(c -> c.getClass().getSimpleName())
                      .toList()));
      seenWhenCommitted.add(
          world.invariants.decided(step, at, readTo(world.messages), readTo(world.work)));
      for (Command command : step.decision().commands()) {
        switch (command) {
          case Command.Hand(Turn turn, boolean _) ->
              world.turnsOf(after.conversation()).append(turn, transaction());
          case Command.Release(ReleasedReply reply) -> world.replies.append(reply, transaction());
          case Command.Fence(Fenced fenced) -> fences.add(fenced);
          case Command.Advise _, Command.Audit _, Command.Observe _, Command.Forget _ -> {}
        }
      }
    }
    seenWhenCommitted.add(() -> world.invariants.placesAreKept(shelf));
    for (Fenced fenced : fences) {
      var said = new Work("", at, fenced);
      if (world.mutation == Mutation.NO_FENCE) {
        hear(key, new Input.Worked(said, 0, work.next - 1, lastSign(key)), at);
      } else {
        world.work.append(said, transaction());
      }
    }
  }

  private static String inWords(Input input) {
    return switch (input) {
      case Input.Happened(ConversationEvent e) ->
          "%s %s".formatted(e.author(), e.text() == null ? e.kind() : e.text().readable());
      case Input.Worked w -> "%s %s".formatted(w.work().worker(), w.work().event());
      case Input.TimeCame _ -> "time";
      case Input.PlaceCame _ -> "a place";
      case Input.Decided d -> "%s %s".formatted(d.decision().decidedBy(), d.decision().kind());
      case Input.TooLarge _ -> "that it is too large";
      case Input.Undelivered _ -> "a reply that was not delivered";
      case Input.Returned _ -> "a reply given back";
    };
  }

  private Kafka.Transaction transaction() {
    Kafka.Transaction open = transaction;
    if (open == null) {
      open = new Kafka.Transaction(world.scheduler);
      transaction = open;
    }
    return open;
  }

  private void commit() {
    world.at(Spot.BEFORE_INTENT_COMMITS, this, this::commitNow);
  }

  private void commitNow() {
    Kafka.Transaction open = transaction;
    if (open != null && !open.commit()) {
      crash(world.dice.between(100, 2_000));
      return;
    }
    transaction = null;
    committing = false;
    List<Runnable> seen = List.copyOf(seenWhenCommitted);
    seenWhenCommitted.clear();
    saved =
        new Saved(
            shelf.copy(),
            new HashMap<>(signs),
            Set.copyOf(gone),
            all.stream().map(reading -> reading.next).toList());
    seen.forEach(Runnable::run);
    wake(1);
  }

  // ------------------------------------------------------------------ time

  /// Writes that time has passed when something waits for it, and sets an alarm for when it will.
  private void tick() {
    Instant due = timers.values().stream().min(Instant::compareTo).orElse(null);
    if (due == null) {
      return;
    }
    Instant wall = wallTime();
    if (!wall.isBefore(due) && world.now() - tickedAt >= FETCHES_WITHIN) {
      tickedAt = world.now();
      world.ticks.append("tick", transaction());
    }
    long wait = Math.max(FETCHES_WITHIN, due.toEpochMilli() - wall.toEpochMilli());
    long at = world.now() + wait;
    if (at < alarmAt || alarmAt <= world.now()) {
      alarmAt = at;
      later(
          wait,
          () -> {
            alarmAt = Long.MAX_VALUE;
            wake(1);
          });
    }
  }
}
