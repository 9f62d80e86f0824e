package io.mcpcrew.intent;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.intent.Stumbles.At;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class StumblesTest {
  private static final Instant NOON = Fixtures.NOON;
  private static final At BAD = at(7);
  private final Throwable ofItsOwn = new StreamsException("the store is broken for it");

  private final Stumbles stumbles = new Stumbles();

  private static At at(long offset) {
    return new At(new TopicPartition("crew.messages", 0), offset);
  }

  @Test
  void aRecordAtWhichThreeThreadsEndedIsParked() {
    for (int thread = 1; thread <= 3; thread++) {
      assertThat(stumbles.begins(thread, BAD)).isFalse();
      assertThat(stumbles.replaces(thread, ofItsOwn, NOON)).isTrue();
    }

    assertThat(stumbles.begins(4, BAD)).isTrue();
    assertThat(stumbles.begins(4, at(8))).isFalse();
  }

  @Test
  void aRecordThatPassedOnceIsNotHeldAgainstLater() {
    stumbles.begins(1, BAD);
    stumbles.replaces(1, ofItsOwn, NOON);
    stumbles.begins(2, BAD);
    stumbles.passed(2, BAD);

    for (int thread = 3; thread <= 4; thread++) {
      stumbles.begins(thread, BAD);
      stumbles.replaces(thread, ofItsOwn, NOON);
    }

    assertThat(stumbles.begins(5, BAD)).isFalse();
  }

  @Test
  void theBrokersTroubleIsNoRecordsFault() {
    for (int thread = 1; thread <= 5; thread++) {
      stumbles.begins(thread, BAD);
      stumbles.replaces(
          thread, new StreamsException("no answer", new TimeoutException("no answer")), NOON);
    }

    assertThat(stumbles.begins(6, BAD)).isFalse();
  }

  @Test
  void threadsThatEndAtNoRecordAreReplacedForAWhileOnly() {
    for (int i = 0; i < 10; i++) {
      assertThat(stumbles.replaces(1, ofItsOwn, NOON)).isTrue();
    }

    assertThat(stumbles.replaces(1, ofItsOwn, NOON)).isFalse();
    assertThat(stumbles.replaces(1, ofItsOwn, NOON.plusSeconds(3_600)))
        .as("an hour later it is another matter")
        .isTrue();
  }
}
