package io.mcpcrew.intent.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.intent.Fixtures;
import io.mcpcrew.intent.TestLog;
import io.mcpcrew.schemas.topics.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LagMeterIT {
  @Test
  void lagIsTheAgeOfTheOldestUnreadRecordAndNothingWhenAllIsRead(@TempDir Path folder) {
    var meters = new SimpleMeterRegistry();
    try (var log = TestLog.start(folder);
        var lag =
            new LagMeter(
                log.clients(),
                "a-group",
                List.of(Topics.MESSAGES, Topics.WORK),
                meters,
                Clock.systemUTC(),
                Duration.ofMillis(100))) {
      lag.start();
      log.customerWrites(Fixtures.CONVERSATION, 1, "oi");
      await().atMost(Duration.ofSeconds(20)).until(() -> age(meters, "crew.messages") > 1.5);
      assertThat(age(meters, "crew.work")).isZero();
      // A younger record does not make the lag smaller.
      log.customerWrites(Fixtures.CONVERSATION, 2, "oi?");
      double before = age(meters, "crew.messages");
      await().atMost(Duration.ofSeconds(20)).until(() -> age(meters, "crew.messages") > before);

      commit(log, 2);

      await().atMost(Duration.ofSeconds(20)).until(() -> age(meters, "crew.messages") == 0);
    }
  }

  private static void commit(TestLog log, long offset) {
    int partition = TestLog.partition(Topics.MESSAGES, Fixtures.CONVERSATION.toString());
    try (var consumer = log.clients().consumer("a-reader", "a-group")) {
      consumer.commitSync(
          Map.of(
              new TopicPartition(Topics.MESSAGES.name(), partition),
              new OffsetAndMetadata(offset)));
    }
  }

  private static double age(SimpleMeterRegistry meters, String topic) {
    return meters.get("crew.intent.lag.age").tag("topic", topic).gauge().value();
  }
}
