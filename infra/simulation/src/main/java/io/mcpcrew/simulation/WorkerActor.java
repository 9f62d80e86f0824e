package io.mcpcrew.simulation;

import io.mcpcrew.crew.protocol.Lease;
import io.mcpcrew.crew.protocol.Moment;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Alive;
import io.mcpcrew.schemas.contract.Claimed;
import io.mcpcrew.schemas.contract.Gone;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.Work;
import io.mcpcrew.schemas.contract.WorkEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A worker, as the real one: claims and positions in one transaction, one at a time; signs of life
/// while it holds turns; each turn an [Attempt].
final class WorkerActor extends Machine implements Kafka.Member {
  private static final long SIGN_EVERY = 2_000;
  private static final long COMMIT_WITHIN = 5_000;

  private int names;

  /// Names of this machine's processes of which nobody has told yet that they are gone.
  private final Set<String> left = new LinkedHashSet<>();

  private String worker;
  private Lease lease = new Lease(World.WORKER_LEASE);
  private final Map<String, Moment> anySign = new HashMap<>();
  private final Map<Kafka.Partition, @Nullable Long> positions = new LinkedHashMap<>();
  private final List<Said> unsent = new ArrayList<>();
  private int generation;
  private boolean claiming;
  private boolean signing;
  private boolean polling;

  WorkerActor(World world, String name) {
    super(world, name);
    this.worker = name;
    world.turns.forEach(partition -> partition.wakes(() -> wake(1)));
  }

  // ------------------------------------------------------------------ the group

  @Override
  public void revoke(int of, Runnable done) {
    run(() -> {
      if (!world.taking.isCurrent(of)) {
        return;
      }
      positions.clear();
      done.run();
    });
  }

  @Override
  public void assigned(int newGeneration, List<Kafka.Partition> partitions) {
    run(() -> {
      if (!world.taking.isCurrent(newGeneration)) {
        return;
      }
      generation = newGeneration;
      positions.clear();
      partitions.forEach(partition -> positions.put(partition, null));
      wake(1);
    });
  }

  @Override
  void joinAgain() {
    run(() -> world.taking.join(this));
  }

  @Override
  void started() {
    lease = new Lease(World.WORKER_LEASE);
    anySign.clear();
    unsent.clear();
    List<String> before = List.copyOf(left);
    left.clear();
    newName();
    positions.clear();
    claiming = false;
    signing = false;
    polling = false;
    if (world.plan.keepsNames()) {
      before.forEach(this::gone);
    }
    world.taking.join(this);
  }

  /// Told again by the next one if it is not known that the log has it.
  private void gone(String before) {
    left.add(before);
    say(before, new Gone(), () -> left.remove(before));
  }

  @Override
  void crashed() {
    world.taking.vanished(this);
  }

  @Override
  void frozen() {
    world.taking.suspect(this);
    if (world.mutation == Mutation.GONE_THOUGH_FROZEN) {
      world.work.append(new Work(worker, wallTime(), new Gone()), null);
    }
  }

  @Override
  void woke() {
    if (!world.taking.isCurrent(generation)) {
      world.taking.join(this);
    }
    wake(1);
  }

  private void newName() {
    worker = "%s.%d".formatted(name, names++);
    left.add(worker);
  }

  // ------------------------------------------------------------------ claims

  private void wake(long delay) {
    if (!polling && !claiming && isAlive()) {
      polling = true;
      later(delay, this::poll);
    }
  }

  private void poll() {
    polling = false;
    if (claiming) {
      return;
    }
    for (Kafka.Partition partition : List.copyOf(positions.keySet())) {
      Long position = positions.get(partition);
      if (position == null) {
        position = world.taking.position(partition);
        if (position == null) {
          // A transaction that carries it is open: who takes over waits for that.
          wake(200);
          continue;
        }
        positions.put(partition, position);
      }
      if (claim(partition, position)) {
        return;
      }
    }
  }

  private boolean claim(Kafka.Partition partition, long from) {
    boolean uncommitted = world.mutation == Mutation.READS_UNCOMMITTED;
    long end = uncommitted ? partition.size() : partition.stable();
    List<Turn> found = new ArrayList<>();
    long next = from;
    int most = 1 + world.dice.upTo(3);
    while (next < end && found.size() < most) {
      Kafka.Entry entry = partition.entry(next++);
      if (uncommitted || entry.isVisible()) {
        found.add((Turn) entry.value());
      }
    }
    if (next == from) {
      return false;
    }
    claiming = true;
    if (world.mutation == Mutation.CLAIM_WITHOUT_TRANSACTION) {
      claimCarelessly(partition, found, next);
    } else {
      new Claiming(partition, found, next).begin();
    }
    return true;
  }

  /// A transaction with claims and the position after them.
  private final class Claiming {
    private final Kafka.Partition partition;
    private final List<Turn> found;
    private final long next;
    private final String as = worker;
    private final int of = generation;
    private final Moment sentAt = moment();
    private final Kafka.Transaction transaction = new Kafka.Transaction(world.scheduler);
    private boolean over;

    Claiming(Kafka.Partition partition, List<Turn> found, long next) {
      this.partition = partition;
      this.found = found;
      this.next = next;
    }

    void begin() {
      later(COMMIT_WITHIN, () -> end(this::unknown));
      int asker = life();
      send(() -> {
        if (transaction.status != Kafka.Transaction.Status.OPEN) {
          return;
        }
        for (Turn turn : found) {
          var claimed = new Claimed(turn.turn(), turn.attempt());
          world.work.append(new Work(as, wallTime(), claimed), transaction);
        }
        answered(
                asker,
                () ->
                    world.at(
                        Spot.BEFORE_THE_CLAIM_IS_COMMITTED, WorkerActor.this, this::sendPosition))
            .run();
      });
    }

    private void sendPosition() {
      if (over) {
        return;
      }
      int asker = life();
      send(() -> {
        if (!world.taking.commitWith(transaction, of, partition, next)) {
          transaction.abort();
          answered(asker, () -> end(this::unknown)).run();
          return;
        }
        answered(asker, this::commit).run();
      });
    }

    private void commit() {
      if (over) {
        return;
      }
      int asker = life();
      send(() -> {
        boolean committed = transaction.commit();
        if (!world.losesAcknowledgement()) {
          answered(asker, () -> end(committed ? this::taken : this::unknown)).run();
        }
      });
    }

    private void end(Runnable how) {
      if (!over) {
        over = true;
        claiming = false;
        how.run();
      }
    }

    private void taken() {
      positions.computeIfPresent(partition, (_, _) -> next);
      world.at(
          Spot.AFTER_THE_CLAIM,
          WorkerActor.this,
          () -> {
            found.forEach(turn -> start(turn, as, sentAt));
            wake(1);
          });
    }

    /// What was claimed under the old name, if it was, has nobody who gives signs for it.
    private void unknown() {
      world.tell(() -> name + " does not know whether its claims were committed");
      newName();
      claiming = true;
      // Whoever begins transactions anew under the same id ends what is left of the last one.
      int asker = life();
      send(() -> {
        transaction.abort();
        answered(
                asker,
                () -> {
                  claiming = false;
                  positions.replaceAll((_, _) -> null);
                  wake(100);
                })
            .run();
      });
    }
  }

  private void claimCarelessly(Kafka.Partition partition, List<Turn> found, long next) {
    Moment sentAt = moment();
    String as = worker;
    int of = generation;
    int asker = life();
    send(() -> {
      for (Turn turn : found) {
        world.work.append(new Work(as, wallTime(), new Claimed(turn.turn(), turn.attempt())), null);
      }
      answered(
              asker,
              () -> {
                claiming = false;
                positions.computeIfPresent(partition, (_, _) -> next);
                found.forEach(turn -> start(turn, as, sentAt));
                later(
                    world.dice.between(50, 2_000),
                    () -> send(() -> world.taking.commit(of, partition, next)));
                wake(1);
              })
          .run();
    });
  }

  private void start(Turn turn, String as, Moment sentAt) {
    Moment known = moment();
    Lease.Claim claim = lease.claimed(as, 0, seen(sentAt), seen(known));
    anySign.merge(as, sentAt, (a, b) -> a.nanos() > b.nanos() ? a : b);
    if (!signing) {
      signing = true;
      later(SIGN_EVERY, this::sign);
    }
    new Attempt(this, turn, as, claim).begin();
  }

  // ------------------------------------------------------------------ signs of life

  private void sign() {
    String as = worker;
    if (lease.held(as).isEmpty()) {
      signing = false;
      return;
    }
    Moment sentAt = moment();
    say(
        as,
        new Alive(1),
        () -> {
          Moment known = moment();
          Moment counts = world.mutation == Mutation.LEASE_FROM_ACKNOWLEDGEMENT ? known : sentAt;
          boolean late = world.mutation == Mutation.LEASE_BY_LATE_SIGNS;
          lease.signed(as, 0, seen(counts), seen(late ? counts : known));
          anySign.put(as, counts);
        });
    later(SIGN_EVERY, this::sign);
    world.at(Spot.AFTER_A_SIGN_IS_SENT, this, () -> {});
  }

  /// What the lease is told of the clocks.
  private Moment seen(Moment moment) {
    return world.mutation == Mutation.LEASE_BY_MONOTONIC_CLOCK
        ? new Moment(moment.nanos(), World.BEGAN)
        : moment;
  }

  boolean mayWrite(Lease.Claim claim, String as) {
    return switch (world.mutation) {
      case WRITES_WITHOUT_LEASE -> true;
      case LEASE_COMES_BACK -> {
        Moment last = anySign.get(as);
        yield last != null && moment().since(last).compareTo(World.WORKER_LEASE) < 0;
      }
      default -> claim.mayWrite(seen(moment()));
    };
  }

  private record Said(Work work, Runnable acknowledged) {}

  /// Writes into `crew.work`, in order, and tells when the log has it. A producer asks again until
  /// it knows, as long as it lives.
  void say(String as, WorkEvent event, Runnable acknowledged) {
    unsent.add(new Said(new Work(as, wallTime(), event), acknowledged));
    if (unsent.size() == 1) {
      produce();
    }
  }

  private void produce() {
    if (world.is(Fault.LOG_IS_AWAY)) {
      later(500, this::produce);
      return;
    }
    for (Said said : List.copyOf(unsent)) {
      long late = world.losesAcknowledgement() ? world.dice.mostlyLittle(1_000, 30_000) : 0;
      Runnable acknowledged = answered(life(), said.acknowledged());
      sendInOrder(() -> {
        world.work.append(said.work(), null);
        world.scheduler.after(late, acknowledged);
      });
    }
    unsent.clear();
  }

  static String key(TurnId turn, String path) {
    return turn + "/" + path;
  }
}
