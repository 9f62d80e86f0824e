package io.mcpcrew.crew.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.crew.Shop;
import io.mcpcrew.crew.protocol.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OwnershipTest {
  private static final TopicPartition ZERO = new TopicPartition("crew.replies", 0);
  private static final TopicPartition ONE = new TopicPartition("crew.replies", 1);
  private static final Instant NOON = Shop.NOON;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Ownership ownership = new Ownership();

  @Test
  void in_a_partition_that_is_not_ours_nothing_begins() {
    ownership.assigned(List.of(ZERO), NOON);

    assertThat(begin(ZERO)).isTrue();
    assertThat(begin(ONE)).isFalse();
    assertThat(ownership.since(ONE)).isEmpty();
  }

  @Test
  void a_partition_is_given_back_only_when_no_post_is_under_way_in_it() throws Exception {
    ownership.assigned(List.of(ZERO, ONE), NOON);
    begin(ZERO);
    begin(ONE);

    var givingBack = givingBack(PATIENCE);
    await().until(() -> ownership.since(ZERO).isEmpty());

    assertThat(begin(ZERO)).as("nothing more begins").isFalse();
    assertThat(givingBack).isNotDone();
    ownership.end(ZERO);
    givingBack.get();
    assertThat(begin(ONE)).as("the other stays ours").isTrue();
  }

  @Test
  void a_post_that_never_ends_does_not_hold_up_the_group_for_ever() throws Exception {
    ownership.assigned(List.of(ZERO), NOON);
    begin(ZERO);

    givingBack(Duration.ofMillis(50)).get();

    assertThat(ownership.since(ZERO)).isEmpty();
  }

  @Test
  void what_is_given_back_and_got_again_at_once_nobody_had_in_between() throws Exception {
    ownership.assigned(List.of(ZERO), NOON);
    givingBack(PATIENCE).get();
    ownership.assigned(List.of(ZERO, ONE), NOON.plusSeconds(60));

    assertThat(ownership.since(ZERO)).contains(NOON);
    assertThat(ownership.since(ONE)).contains(NOON.plusSeconds(60));
  }

  @Test
  void what_others_had_in_between_is_ours_since_we_got_it_again() throws Exception {
    ownership.assigned(List.of(ZERO), NOON);
    givingBack(PATIENCE).get();
    ownership.assigned(List.of(ONE), NOON.plusSeconds(30));
    ownership.assigned(List.of(ZERO), NOON.plusSeconds(60));

    assertThat(ownership.since(ZERO)).contains(NOON.plusSeconds(60));
  }

  @Test
  void who_has_not_heard_from_the_group_for_too_long_begins_nothing() {
    ownership.assigned(List.of(ZERO), NOON);
    ownership.heard(moment(0));

    assertThat(ownership.begin(ZERO, moment(3))).isTrue();
    assertThat(ownership.begin(ZERO, moment(4))).isFalse();
    ownership.heard(moment(4));
    assertThat(ownership.begin(ZERO, moment(5))).isTrue();
  }

  private boolean begin(TopicPartition partition) {
    ownership.heard(moment(0));
    return ownership.begin(partition, moment(1));
  }

  private static Moment moment(long seconds) {
    return new Moment(Duration.ofSeconds(seconds).toNanos(), NOON.plusSeconds(seconds));
  }

  private CompletableFuture<Void> givingBack(Duration patience) {
    return CompletableFuture.runAsync(() -> {
      try {
        ownership.giveBack(List.of(ZERO), patience);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
  }
}
