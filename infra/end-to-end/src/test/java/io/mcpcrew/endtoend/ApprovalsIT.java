package io.mcpcrew.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.bench.ServiceProcess;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/// A shop whose people are asked before anything is written: what they approve is written once,
/// also when workers are killed between the approval and the write; what they deny, and what nobody
/// answers, never is.
@Isolated
@Tag("slow")
class ApprovalsIT extends ShopInProcesses {
  private static final int COMPLAINTS = 30;
  private static final int KILLS = 5;

  /// What a person does about a complaint's request.
  private enum Answer {
    APPROVES,
    DENIES,
    SAYS_NOTHING
  }

  private final Map<Integer, String> last = new ConcurrentHashMap<>();
  private final Map<Integer, Integer> asked = new ConcurrentHashMap<>();
  private final AtomicInteger approvals = new AtomicInteger();

  @Test
  @Timeout(400)
  void what_is_approved_is_written_once_and_nothing_else() throws Exception {
    simulatedOdoo();
    start(
        Map.of(
            "autonomy",
            "CONFIRM",
            "conduct",
            Map.of("patience", Map.of("approval", "PT90S", "person", "PT30M"))));
    // Long enough for publishers that are killed again and again to post what people are asked.
    var dice = new Random(KILLS);
    for (int number = first; number < first + COMPLAINTS; number++) {
      say(number, 1, "Quero fazer uma reclamação");
    }
    for (int kill = 0; kill < KILLS; kill++) {
      int before = approvals.get();
      await("somebody approves something")
          .atMost(Duration.ofSeconds(40))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> approvals.get() > before || approvals.get() >= COMPLAINTS * 2 / 3);
      TimeUnit.MILLISECONDS.sleep(dice.nextInt(40));
      ServiceProcess next = workers.get(kill % workers.size());
      next.kill();
      next.start();
      next.awaitReady();
    }
    await("everybody has heard the end")
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(unanswered()).isEmpty());

    Map<Integer, Integer> written = written();
    int done = 0;
    for (int number = first; number < first + COMPLAINTS; number++) {
      String heard = last.getOrDefault(number, "");
      switch (answer(number)) {
        case APPROVES -> {
          done += heard.contains("Registrei") ? 1 : 0;
          assertThat(written.getOrDefault(number, 0)).as(heard).isLessThanOrEqualTo(1);
          assertThat(heard.contains("Registrei")).isEqualTo(written.containsKey(number));
        }
        case DENIES -> {
          assertThat(heard).contains("Isso não foi feito");
          assertThat(written).doesNotContainKey(number);
        }
        case SAYS_NOTHING -> {
          assertThat(heard).contains("a tempo");
          assertThat(written).doesNotContainKey(number);
        }
      }
    }
    System.out.printf(
        "%d complaints, %d kills: %d approved and written, %d told that it was not done%n",
        COMPLAINTS, KILLS, done, COMPLAINTS - done);
    assertThat(done).isEqualTo(COMPLAINTS * 2 / 3);
    assertThat(posts.answeredTwice()).isZero();
  }

  private Answer answer(int number) {
    return switch ((number - first) % 6) {
      case 4 -> Answer.DENIES;
      case 5 -> Answer.SAYS_NOTHING;
      default -> Answer.APPROVES;
    };
  }

  private void say(int number, int place, String text) {
    assertThat(edge.say(number, 10 * number + place, text)).isTrue();
  }

  @Override
  public void replied(int conversation, String reply) {
    int number = conversation - 1;
    last.put(number, reply);
    if (reply.contains("Pode me contar")) {
      customers.execute(
          () -> say(number, 2, "O produto chegou quebrado, caso-%s-%d".formatted(run, number)));
    } else if (reply.contains("Posso registrar")) {
      customers.execute(() -> say(number, 3, "sim"));
    }
  }

  /// A person reads what is asked and answers; two approve the same.
  @Override
  public void noted(int conversation, String note) {
    int number = conversation - 1;
    if (!note.contains("Preciso da sua aprova") || asked.merge(number, 1, Integer::sum) > 1) {
      return;
    }
    customers.execute(() -> {
      switch (answer(number)) {
        case APPROVES -> {
          assertThat(edge.note(number, 10 * number + 4, "/aprovar")).isTrue();
          approvals.incrementAndGet();
          assertThat(edge.note(number, 10 * number + 5, "/aprovar")).isTrue();
        }
        case DENIES -> assertThat(edge.note(number, 10 * number + 4, "/negar agora não")).isTrue();
        case SAYS_NOTHING -> {}
      }
    });
  }

  private Map<Integer, String> unanswered() {
    Map<Integer, String> open = new LinkedHashMap<>();
    for (int number = first; number < first + COMPLAINTS && open.size() < 5; number++) {
      String heard = last.getOrDefault(number, "nothing");
      boolean over =
          heard.contains("Registrei")
              || heard.contains("não foi feito")
              || heard.contains("Não consegui");
      if (!over) {
        open.put(number, heard);
      }
    }
    return open;
  }
}
