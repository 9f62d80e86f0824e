package io.mcpcrew.schemas.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.schemas.topics.Topic.Retention;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TopicsTest {

  @Test
  void eachIsNamedOnceAndSaysWhyItKeepsWhatItKeeps() {
    assertThat(Topics.installed().map(Topic::name)).doesNotHaveDuplicates();
    assertThat(Topics.installed())
        .allSatisfy(topic -> assertThat(topic.retention().because()).isNotBlank())
        .allSatisfy(topic -> assertThat(topic.readers()).isNotEmpty());
  }

  @Test
  void workOutlivesTheLongestApprovalAndOutage() {
    assertThat(kept(Topics.WORK)).isGreaterThan(Duration.ofDays(14).plus(Duration.ofDays(14)));
    assertThat(kept(Topics.WORK)).isGreaterThanOrEqualTo(kept(Topics.TURNS));
    assertThat(kept(Topics.WORK)).isGreaterThanOrEqualTo(kept(Topics.TRANSITIONS));
  }

  @Test
  void parkedRecordsOutliveAllThatTheyCanBePutBackInto() {
    for (Topic<?> topic : Topics.all()) {
      if (!topic.equals(Topics.AUDIT)
          && !topic.equals(Topics.ERASURES)
          && topic.retention() instanceof Retention.For time) {
        assertThat(kept(Topics.parkedOf(topic))).as(topic.name()).isGreaterThan(time.time());
      }
    }
  }

  @Test
  void timesThatDecideComeFromTheLog() {
    assertThat(Topics.MESSAGES.brokerSettings())
        .containsEntry("message.timestamp.type", "LogAppendTime");
    assertThat(Topics.WORK.decidesTime()).isTrue();
    assertThat(Topics.TICKS.decidesTime()).isTrue();
    assertThat(Topics.TURNS.brokerSettings()).doesNotContainKey("message.timestamp.type");
  }

  private static Duration kept(Topic<?> topic) {
    return ((Retention.For) topic.retention()).time();
  }
}
