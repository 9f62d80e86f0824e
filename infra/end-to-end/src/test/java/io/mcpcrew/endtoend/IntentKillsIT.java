package io.mcpcrew.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.parts.Sizing;
import io.mcpcrew.schemas.ConversationKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/// A hundred kills, and how long customers wait after one.
@Isolated
@Tag("slow")
class IntentKillsIT extends IntentStreamsKilled {
  IntentKillsIT() {
    super(Sizing.LAPTOP);
  }

  @Test
  @Timeout(1_800)
  void aHundredKillsOverTenThousandConversationsBreakNothing() throws Exception {
    killedWhileCustomersWrite(IntStream.range(0, 100).mapToObj(i -> Set.of(i % 2)).toList());
  }

  @Test
  @Timeout(200)
  void afterAHardKillNoConversationWaitsLongerThanFifteenSeconds() throws Exception {
    Map<ConversationKey, Instant> written = new HashMap<>();
    for (int number = 0; number < 400; number++) {
      if (number == 200) {
        instances.getFirst().kill();
      }
      write(number, number + 1);
      written.put(conversation(number), Instant.now());
      TimeUnit.MILLISECONDS.sleep(50);
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> crew.turns.keySet().containsAll(written.keySet()));

    Duration longest =
        written.entrySet().stream()
            .map(entry -> Duration.between(entry.getValue(), crew.turns.get(entry.getKey())))
            .max(Duration::compareTo)
            .orElseThrow();
    System.out.println("longest wait after a hard kill: " + longest);
    assertThat(longest).isLessThan(Duration.ofSeconds(15));
  }
}
