package io.mcpcrew.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The log as far as the protocol leans on it: partitions with the broker's time, transactions that
/// become visible as a whole, readers of what is committed, and groups that share partitions.
final class Kafka {
  /// After which the broker ends a transaction that nobody ends.
  static final long TRANSACTION_TIMEOUT = 10_000;

  /// After which a group goes on without a member that is silent.
  static final long SESSION_TIMEOUT = 6_000;

  private Kafka() {}

  /// What lies in a partition.
  record Entry(long offset, long time, Object value, @Nullable Transaction transaction) {
    boolean isVisible() {
      return transaction == null || transaction.status == Transaction.Status.COMMITTED;
    }
  }

  /// One partition, on one leader at a time.
  static final class Partition {
    final String name;
    private final Scheduler scheduler;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Runnable> readers = new ArrayList<>();
    private int stable;

    /// How far the leader's clock is off.
    long skew;

    Partition(String name, Scheduler scheduler) {
      this.name = name;
      this.scheduler = scheduler;
    }

    void wakes(Runnable reader) {
      readers.add(reader);
    }

    Entry append(Object value, @Nullable Transaction transaction) {
      var entry = new Entry(entries.size(), scheduler.now() + skew, value, transaction);
      entries.add(entry);
      if (transaction == null) {
        wake();
      } else {
        transaction.wrote(this);
      }
      return entry;
    }

    void wake() {
      readers.forEach(Runnable::run);
    }

    Entry entry(long offset) {
      return entries.get(Math.toIntExact(offset));
    }

    int size() {
      return entries.size();
    }

    /// Where a reader of what is committed has to stop: at the first entry of an open transaction.
    int stable() {
      while (stable < entries.size()) {
        Transaction of = entries.get(stable).transaction();
        if (of != null && of.status == Transaction.Status.OPEN) {
          break;
        }
        stable++;
      }
      return stable;
    }
  }

  /// Writes and positions that count together or not at all.
  static final class Transaction {
    enum Status {
      OPEN,
      COMMITTED,
      ABORTED
    }

    private final List<Partition> partitions = new ArrayList<>();
    private @Nullable Runnable positions;
    Status status = Status.OPEN;

    Transaction(Scheduler scheduler) {
      scheduler.after(TRANSACTION_TIMEOUT, this::abort);
    }

    private void wrote(Partition partition) {
      if (!partitions.contains(partition)) {
        partitions.add(partition);
      }
    }

    private void carries(Runnable commitPositions) {
      positions = commitPositions;
    }

    /// False when the broker has ended it before.
    boolean commit() {
      if (status != Status.OPEN) {
        return false;
      }
      status = Status.COMMITTED;
      if (positions != null) {
        positions.run();
      }
      partitions.forEach(Partition::wake);
      return true;
    }

    void abort() {
      if (status == Status.OPEN) {
        status = Status.ABORTED;
        partitions.forEach(Partition::wake);
      }
    }
  }

  /// Who reads in a group.
  interface Member {
    /// Whether it has answered nobody for so long.
    boolean isSilentFor(long millis);

    /// Asked to give everything back; calls `done` when it has.
    void revoke(int generation, Runnable done);

    void assigned(int generation, List<Partition> partitions);
  }

  /// Shares partitions among its members and keeps their positions.
  static final class Group {
    private final Scheduler scheduler;
    private final List<Partition> partitions;
    private final List<Member> members = new ArrayList<>();
    private final Map<Partition, Long> committed = new HashMap<>();
    private final Map<Partition, List<Transaction>> pending = new HashMap<>();
    private final List<Member> waitedFor = new ArrayList<>();
    private boolean rebalancing;
    private boolean again;
    private int generation;

    Group(Scheduler scheduler, List<Partition> partitions) {
      this.scheduler = scheduler;
      this.partitions = partitions;
    }

    /// As a new member, or as one that has lost touch.
    void join(Member member) {
      if (!members.contains(member)) {
        members.add(member);
      } else if (rebalancing) {
        // It is waited for already.
        return;
      }
      rebalance();
    }

    boolean isCurrent(int memberGeneration) {
      return memberGeneration == generation;
    }

    /// The member is gone without a word. Who starts again in its place is another member, and
    /// waits with the others until the session of the old one is over.
    void vanished(Member member) {
      var ghost = new Ghost();
      members.replaceAll(m -> m.equals(member) ? ghost : m);
      waitedFor.replaceAll(m -> m.equals(member) ? ghost : m);
      suspect(ghost);
    }

    private static final class Ghost implements Member {
      @Override
      public boolean isSilentFor(long millis) {
        return true;
      }

      @Override
      public void revoke(int generation, Runnable done) {
        // It never answers.
      }

      @Override
      public void assigned(int generation, List<Partition> partitions) {
        // Nobody is there to take them.
      }
    }

    /// The coordinator has heard nothing for a while, unless it has again.
    void suspect(Member member) {
      scheduler.after(
          SESSION_TIMEOUT,
          () -> {
            if (member.isSilentFor(SESSION_TIMEOUT) && members.remove(member)) {
              gaveBack(member);
              rebalance();
            }
          });
    }

    /// Everyone gives back what it has, and then everything is shared anew. Who does not answer
    /// holds it up until its session is over.
    private void rebalance() {
      if (rebalancing) {
        again = true;
        return;
      }
      rebalancing = true;
      generation++;
      waitedFor.addAll(members);
      for (Member member : List.copyOf(waitedFor)) {
        member.revoke(generation, () -> gaveBack(member));
      }
      if (waitedFor.isEmpty()) {
        rebalancing = false;
      }
    }

    private void gaveBack(Member member) {
      if (!rebalancing || !waitedFor.remove(member) || !waitedFor.isEmpty()) {
        return;
      }
      rebalancing = false;
      for (int i = 0; i < members.size(); i++) {
        List<Partition> its = new ArrayList<>();
        for (int p = i; p < partitions.size(); p += members.size()) {
          its.add(partitions.get(p));
        }
        members.get(i).assigned(generation, its);
      }
      if (again) {
        again = false;
        rebalance();
      }
    }

    /// The position, or empty while a transaction that carries one is open.
    @Nullable Long position(Partition partition) {
      boolean open =
          pending.getOrDefault(partition, List.of()).stream()
              .anyMatch(transaction -> transaction.status == Transaction.Status.OPEN);
      return open ? null : committed.getOrDefault(partition, 0L);
    }

    /// Puts a position into a transaction; refused for a member of an earlier generation.
    boolean commitWith(
        Transaction transaction, int memberGeneration, Partition partition, long next) {
      if (memberGeneration != generation || transaction.status != Transaction.Status.OPEN) {
        return false;
      }
      pending.computeIfAbsent(partition, _ -> new ArrayList<>()).add(transaction);
      transaction.carries(() -> committed.put(partition, next));
      return true;
    }

    void commit(int memberGeneration, Partition partition, long next) {
      if (memberGeneration == generation) {
        committed.put(partition, next);
      }
    }
  }
}
