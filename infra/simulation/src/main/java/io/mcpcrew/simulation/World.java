package io.mcpcrew.simulation;

import io.mcpcrew.intent.conversation.Rules;
import io.mcpcrew.intent.find.Found;
import io.mcpcrew.runtime.tenant.Conduct;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.Autonomy;
import io.mcpcrew.schemas.contract.Intent;
import io.mcpcrew.schemas.contract.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// One history: an account whose conversations lie in one partition, workers and publishers that
/// share the rest, and everything that goes wrong with them.
final class World {
  static final Instant BEGAN = Instant.parse("2026-11-20T12:00:00Z");
  static final AccountId ACCOUNT = new AccountId("loja");

  /// How far the clocks of two brokers may differ, at most, in milliseconds.
  static final long BROKER_SKEW = 500;

  static final Duration WORKER_LEASE = Duration.ofSeconds(6);
  static final Duration DEADLINE = Duration.ofSeconds(90);
  static final Duration APPROVAL = Duration.ofSeconds(60);

  /// Longer than any reply lives.
  static final Duration FORGET_AFTER = Duration.ofHours(5);

  private static final int MOST_EVENTS = 40_000;

  final Plan plan;
  final Mutation mutation;
  final Dice dice;
  final Scheduler scheduler = new Scheduler();
  final Kafka.Partition messages = new Kafka.Partition("messages", scheduler);
  final Kafka.Partition work = new Kafka.Partition("work", scheduler);
  final Kafka.Partition ticks = new Kafka.Partition("ticks", scheduler);
  final Kafka.Partition replies = new Kafka.Partition("replies", scheduler);
  final List<Kafka.Partition> turns =
      List.of(new Kafka.Partition("turns-0", scheduler), new Kafka.Partition("turns-1", scheduler));
  final Kafka.Group taking = new Kafka.Group(scheduler, turns);
  final Kafka.Group publishing = new Kafka.Group(scheduler, List.of(replies));
  final Rules rules;
  final Invariants invariants;
  final Tools tools;
  final Channel channel;
  final IntentActor intent;
  final List<WorkerActor> workers = new ArrayList<>();
  final List<PublisherActor> publishers = new ArrayList<>();
  final Map<Fault, Integer> active = new EnumMap<>(Fault.class);
  final Map<Spot, Integer> passed = new EnumMap<>(Spot.class);

  private final boolean telling;
  private final List<String> story = new ArrayList<>();

  private World(Plan plan, Mutation mutation, boolean telling) {
    this.plan = plan;
    this.mutation = mutation;
    this.telling = telling;
    this.dice = new Dice(plan.seed()).split();
    this.rules = rules(plan, mutation);
    this.invariants = new Invariants(this);
    this.tools = new Tools(this);
    this.channel = new Channel(this);
    this.intent = new IntentActor(this);
  }

  static History run(Plan plan, Mutation mutation, boolean telling) {
    var world = new World(plan, mutation, telling);
    world.begin();
    boolean ended = world.scheduler.run(MOST_EVENTS);
    if (ended) {
      world.invariants.atTheEnd();
    } else {
      world.invariants.findings.broken(
          Invariant.COMES_TO_AN_END, () -> "after %d events".formatted(MOST_EVENTS));
    }
    return new History(
        plan,
        world.invariants.findings.violations(),
        world.invariants.findings.counts(),
        world.story);
  }

  /// As by default, but a history need not last until a person is reminded.
  private static Conduct conduct(Mutation mutation) {
    Conduct usual = Conduct.DEFAULT;
    return new Conduct(
        usual.autonomy(),
        usual.presence(),
        usual.brakes(),
        usual.opening(),
        usual.routes(),
        new Conduct.Patience(
            Duration.ofMinutes(2),
            null,
            null,
            mutation == Mutation.APPROVALS_NEVER_EXPIRE ? Duration.ofDays(14) : APPROVAL),
        usual.handover());
  }

  private static Rules rules(Plan plan, Mutation mutation) {
    long margin = mutation == Mutation.LEASE_WITHOUT_MARGIN ? 0 : plan.margin();
    var document =
        new Tenant.Document(
            "Loja",
            "pt",
            ZoneOffset.UTC,
            plan.asksFirst() ? Autonomy.CONFIRM : Autonomy.ANSWER,
            Duration.ofHours(6),
            null,
            null,
            Tenant.Gathering.of(Duration.ofMillis(600), Duration.ofSeconds(3), 4),
            List.of(),
            List.of(),
            conduct(mutation));
    return new Rules(
        new Tenant(ACCOUNT, "v1", document),
        (texts, _, _) -> {
          boolean person = texts.stream().anyMatch(text -> text.endsWith("?person"));
          String name = person ? Found.PERSON : "question";
          var intent = new Intent(name, 1, "rule", "simulated", "pt");
          return new Found(List.of(new Task(intent, List.of(), "crew")));
        },
        new Rules.Limits(
            WORKER_LEASE.plusMillis(margin),
            DEADLINE,
            4,
            12,
            Duration.ofSeconds(1),
            plan.places(),
            Duration.ofHours(2),
            FORGET_AFTER));
  }

  private void begin() {
    List<Kafka.Partition> all = new ArrayList<>(turns);
    all.addAll(List.of(messages, work, ticks, replies));
    all.forEach(partition -> partition.skew = dice.between(-BROKER_SKEW / 2, BROKER_SKEW / 2));
    for (int i = 0; i < plan.workers(); i++) {
      workers.add(new WorkerActor(this, "worker-" + i));
    }
    for (int i = 0; i < plan.publishers(); i++) {
      publishers.add(new PublisherActor(this, "publisher-" + i));
    }
    workers.forEach(Machine::started);
    publishers.forEach(Machine::started);
    channel.begin();
    plan.faults().forEach(this::arrange);
    plan.outlast().forEach(this::arrange);
  }

  static ConversationKey conversation(int number) {
    return new ConversationKey(ACCOUNT, "c-" + number);
  }

  Kafka.Partition turnsOf(ConversationKey key) {
    return turns.get(Math.floorMod(key.conversation().hashCode(), turns.size()));
  }

  long now() {
    return scheduler.now();
  }

  // ------------------------------------------------------------------ what goes wrong

  private void arrange(Plan.Trouble trouble) {
    scheduler.at(trouble.at(), () -> begin(trouble));
  }

  private void begin(Plan.Trouble trouble) {
    Fault fault = trouble.fault();
    invariants.findings.count(fault.name());
    tell(() -> "%s for %d ms".formatted(fault, trouble.lasts()));
    switch (fault) {
      case WORKER_CRASHES -> dice.pick(workers).crash(trouble.lasts());
      case WORKER_FREEZES -> dice.pick(workers).freeze(trouble.lasts(), false);
      case WORKER_IS_SUSPENDED -> dice.pick(workers).freeze(trouble.lasts(), true);
      case WORKER_JOINS_AGAIN -> dice.pick(workers).joinAgain();
      case INTENT_CRASHES, INTENT_IS_AWAY -> intent.crash(trouble.lasts());
      case PUBLISHER_CRASHES -> dice.pick(publishers).crash(trouble.lasts());
      case PUBLISHER_FREEZES -> dice.pick(publishers).freeze(trouble.lasts(), false);
      case PUBLISHER_JOINS_AGAIN -> dice.pick(publishers).joinAgain();
      case LEADER_CHANGES ->
          List.of(messages, work, ticks)
              .forEach(p -> p.skew = dice.between(-BROKER_SKEW / 2, BROKER_SKEW / 2));
      default -> {
        active.merge(fault, 1, Integer::sum);
        scheduler.after(trouble.lasts(), () -> active.merge(fault, -1, Integer::sum));
      }
    }
  }

  boolean is(Fault fault) {
    return active.getOrDefault(fault, 0) > 0;
  }

  /// A process comes to a spot: the plan may have something for it there.
  void at(Spot spot, Machine machine, Runnable next) {
    int times = passed.merge(spot, 1, Integer::sum);
    if (is(Fault.PERSONS_WRITE_AT_THE_WORST_MOMENT) && dice.chance(0.1)) {
      channel.personWrites();
    }
    for (Plan.Hit hit : plan.hit()) {
      if (hit.spot() == spot && hit.nth() == times) {
        invariants.findings.count(spot.name());
        switch (hit.blow()) {
          case CRASHES -> machine.crash(hit.lasts());
          case FREEZES -> machine.freeze(hit.lasts(), false);
          case IS_SUSPENDED -> machine.freeze(hit.lasts(), true);
          case JOINS_ITS_GROUP_AGAIN -> machine.joinAgain();
        }
      }
    }
    machine.run(next);
  }

  /// How long something is on its way.
  long network() {
    return is(Fault.NETWORK_IS_SLOW) ? dice.mostlyLittle(1, 4_000) : dice.between(1, 4);
  }

  boolean losesAcknowledgement() {
    return is(Fault.ACKNOWLEDGEMENTS_ARE_LOST) && dice.chance(0.5);
  }

  // ------------------------------------------------------------------ what is told of it

  void tell(Supplier<String> sentence) {
    if (telling) {
      story.add("%8d ms  %s".formatted(now(), sentence.get()));
    }
  }
}
