package io.mcpcrew.crew.publish;

import io.mcpcrew.crew.protocol.Moment;
import io.mcpcrew.crew.protocol.PostRule;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Which partitions are ours, since when, and how many posts are under way in each. A partition is
/// given back only when none is: whoever gets it next would not see in the channel what is still on
/// its way there.
final class Ownership {
  private static final class Held {
    final Instant since;
    boolean ours = true;
    int underWay;

    Held(Instant since) {
      this.since = since;
    }
  }

  private final Map<TopicPartition, Held> partitions = new HashMap<>();
  private @Nullable Moment heardAt;

  /// The group has answered a request of ours as a member's.
  ///
  /// @param sentAt before it was sent
  synchronized void heard(Moment sentAt) {
    heardAt = sentAt;
  }

  synchronized void assigned(Collection<TopicPartition> now, Instant at) {
    for (TopicPartition partition : now) {
      Held before = partitions.get(partition);
      // Given back and got again at once: nobody else had it in between.
      partitions.put(partition, new Held(before == null ? at : before.since));
    }
    partitions.keySet().retainAll(now);
  }

  /// Nothing begins in these any more; returns when nothing is under way, or patience is over.
  synchronized void giveBack(Collection<TopicPartition> lost, Duration patience)
      throws InterruptedException {
    lost.forEach(partition -> held(partition).ifPresent(h -> h.ours = false));
    long deadline = System.nanoTime() + patience.toNanos();
    while (lost.stream().anyMatch(this::isUnderWay)) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }

  /// Others have them already.
  synchronized void lost(Collection<TopicPartition> lost) {
    lost.forEach(partitions::remove);
  }

  synchronized Optional<Instant> since(TopicPartition partition) {
    return held(partition).filter(h -> h.ours).map(h -> h.since);
  }

  /// A post is about to leave; false when the partition is not ours any more, or may not be.
  synchronized boolean begin(TopicPartition partition, Moment now) {
    if (heardAt == null || !PostRule.holds(now.since(heardAt))) {
      return false;
    }
    Optional<Held> ours = held(partition).filter(h -> h.ours);
    ours.ifPresent(h -> h.underWay++);
    return ours.isPresent();
  }

  /// What became of the post is known, or it has had its time.
  synchronized void end(TopicPartition partition) {
    held(partition).ifPresent(h -> h.underWay--);
    notifyAll();
  }

  private boolean isUnderWay(TopicPartition partition) {
    return held(partition).filter(h -> h.underWay > 0).isPresent();
  }

  private Optional<Held> held(TopicPartition partition) {
    return Optional.ofNullable(partitions.get(partition));
  }
}
