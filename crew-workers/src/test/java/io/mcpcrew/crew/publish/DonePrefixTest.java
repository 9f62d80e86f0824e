package io.mcpcrew.crew.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class DonePrefixTest {
  private static final TopicPartition ZERO = new TopicPartition("t", 0);

  @Property(tries = 500)
  void the_position_never_passes_an_unfinished_record_and_reaches_the_end(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 2) Integer> partitions,
      @ForAll long order,
      @ForAll @IntRange(min = 1, max = 5) int gap) {
    var random = new Random(order);
    var done = new DonePrefix();
    List<ConsumerRecord<String, byte[]>> unfinished = new ArrayList<>();
    Map<TopicPartition, Long> next = new HashMap<>();
    for (int partition : partitions) {
      // Offsets of a log have gaps: aborted records and markers of transactions.
      var place = new TopicPartition("t", partition);
      long offset = next.getOrDefault(place, 0L) + random.nextInt(gap);
      next.put(place, offset + 1);
      unfinished.add(entry(partition, offset));
    }
    unfinished.forEach(done::begin);
    Collections.shuffle(unfinished, random);

    Map<TopicPartition, Long> committed = new HashMap<>();
    while (!unfinished.isEmpty()) {
      done.end(unfinished.removeLast());
      done.take()
          .forEach((place, position) -> {
            assertThat(position.offset()).isGreaterThan(committed.getOrDefault(place, -1L));
            committed.put(place, position.offset());
          });
      for (var open : unfinished) {
        long position =
            committed.getOrDefault(new TopicPartition(open.topic(), open.partition()), 0L);
        assertThat(position).isLessThanOrEqualTo(open.offset());
      }
    }

    assertThat(committed).isEqualTo(next);
    assertThat(done.open()).isZero();
  }

  @Test
  void what_was_taken_is_not_given_again() {
    var done = new DonePrefix();
    done.begin(entry(0, 4));
    done.end(entry(0, 4));

    assertThat(done.take().get(ZERO)).extracting("offset").isEqualTo(5L);
    assertThat(done.take()).isEmpty();
  }

  @Test
  void the_end_of_a_record_that_was_never_begun_changes_nothing() {
    var done = new DonePrefix();
    done.begin(entry(0, 4));
    done.end(entry(0, 3));
    done.end(entry(1, 4));

    assertThat(done.take()).isEmpty();
    assertThat(done.open()).isEqualTo(1);
  }

  @Test
  void a_lost_partition_is_forgotten_and_what_still_runs_commits_nothing_there() {
    var done = new DonePrefix();
    done.begin(entry(0, 1));
    done.begin(entry(0, 2));
    done.begin(entry(1, 1));
    done.end(entry(0, 1));

    done.forget(List.of(ZERO));
    done.end(entry(0, 2));
    done.end(entry(1, 1));

    assertThat(done.take()).containsOnlyKeys(new TopicPartition("t", 1));
  }

  private static ConsumerRecord<String, byte[]> entry(int partition, long offset) {
    return new ConsumerRecord<>("t", partition, offset, "loja/chatwoot-7", new byte[0]);
  }
}
