package io.mcpcrew.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.bench.ServiceProcess;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.parallel.Isolated;

/// Two workers, each in a process of its own, killed again and again while customers have their
/// complaints written down in Odoo: none is missing, none is there twice. A complaint is three
/// turns. `-Dmcpcrew.complaints=1000` makes it a thousand of them and `-Dmcpcrew.pace=300` one in
/// 300 ms. Up to 6 s pass between a worker that is back and the next kill; `-Dmcpcrew.calm=3500`
/// makes it 3.5 s: then each is killed every 11 s, three of which it needs to start.
@Isolated
@Tag("slow")
class WorkerKillsIT extends ShopInProcesses {
  /// With a person although every tool is keyed, at most so many of a hundred.
  private static final int WITH_A_PERSON = 2;

  private static final int AGAIN = 3;
  private static final Duration BEFORE_AGAIN = Duration.ofSeconds(3);

  private final Map<Integer, String> last = new ConcurrentHashMap<>();

  /// How much each customer has said: who is asked again, because it was not known before who they
  /// are, answers again.
  private final Map<Integer, AtomicInteger> said = new ConcurrentHashMap<>();

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void killed_workers_write_nothing_twice_and_forget_nothing() throws Exception {
    simulatedOdoo();
    complaintsWhileWorkersAreKilled(300, 60, 8);
  }

  @Test
  @Timeout(value = 40, unit = TimeUnit.MINUTES)
  @EnabledIfEnvironmentVariable(named = "MCPCREW_ODOO_URL", matches = "http.*")
  void nor_in_a_real_odoo() throws Exception {
    odoo = URI.create(System.getenv("MCPCREW_ODOO_URL"));
    database = System.getenv("MCPCREW_ODOO_DATABASE");
    key = System.getenv("MCPCREW_ODOO_KEY");
    complaintsWhileWorkersAreKilled(400, 300, 15);
  }

  /// @param usually how many complain, if nothing else is asked for
  /// @param millis between one customer and the next, if nothing else is asked for; one Odoo
  ///   process does some twenty calls a second
  /// @param least kills; there are more if customers write longer
  private void complaintsWhileWorkersAreKilled(int usually, int millis, int least)
      throws Exception {
    int complaints = Integer.getInteger("mcpcrew.complaints", usually);
    Duration pace = Duration.ofMillis(Integer.getInteger("mcpcrew.pace", millis));
    int calm = Integer.getInteger("mcpcrew.calm", 6_000);
    start(Map.of());
    var dice = new Random(least);
    customers.submit(() -> begin(first)).get(20, TimeUnit.SECONDS);
    await("the first complaint is written down")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> assertThat(isDone(first)).as(() -> last.getOrDefault(first, "nothing")).isTrue());
    var writing = customers.submit(() -> beginAll(complaints, pace));
    int kills = 0;
    while (kills < least || !writing.isDone()) {
      TimeUnit.MILLISECONDS.sleep(dice.nextInt(500, calm));
      ServiceProcess next = workers.get(kills++ % workers.size());
      next.kill();
      next.start();
      next.awaitReady();
    }
    writing.get(1, TimeUnit.MINUTES);
    await("everybody has heard the end")
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(unanswered(complaints)).isEmpty());

    Map<Integer, Integer> written = written();
    assertThat(written.values()).as("times that a complaint is there").containsOnly(1);
    List<Integer> told = new ArrayList<>();
    last.forEach((number, reply) -> {
      if (reply.contains("Registrei")) {
        told.add(number);
      }
    });
    assertThat(written.keySet()).as("what was told is there").containsAll(told);
    assertThat(posts.answeredTwice()).isZero();
    String why = Handovers.of(parts.kafkaBootstrapServers());
    System.out.printf(
        "%d complaints, %d kills: %d written and told, %d with a person%n%s%n",
        complaints, kills, told.size(), complaints - told.size(), why);
    assertThat(complaints - told.size())
        .as(() -> "with a person, because\n" + why)
        .isLessThanOrEqualTo(complaints * WITH_A_PERSON / 100);
  }

  private void begin(int number) {
    say(number, "Quero fazer uma reclamação");
  }

  private void beginAll(int complaints, Duration pace) {
    for (int number = first + 1; number < first + complaints; number++) {
      begin(number);
      try {
        Thread.sleep(pace);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void say(int number, String text) {
    int place = said.computeIfAbsent(number, _ -> new AtomicInteger()).incrementAndGet();
    if (!isAccepted(number, 10 * number + place, text)) {
      last.put(number, "not accepted: " + text);
    }
  }

  /// As Chatwoot delivers to a bot: what is not accepted is sent again, three seconds later.
  private boolean isAccepted(int number, int message, String text) {
    for (int times = 0; times <= AGAIN; times++) {
      if (edge.say(number, message, text)) {
        return true;
      }
      LockSupport.parkNanos(BEFORE_AGAIN.toNanos());
    }
    return false;
  }

  /// What the customer says to a reply.
  @Override
  public void replied(int conversation, String reply) {
    int number = conversation - 1;
    last.put(number, reply);
    if (reply.contains("Pode me contar")) {
      customers.execute(
          () -> say(number, "O produto chegou quebrado, caso-%s-%d".formatted(run, number)));
    } else if (reply.contains("Posso registrar")) {
      customers.execute(() -> say(number, "sim"));
    }
  }

  /// Told that it is written down, or that a person comes.
  private boolean isDone(int number) {
    String reply = last.getOrDefault(number, "");
    return reply.contains("Registrei") || reply.contains("pessoa");
  }

  private Map<Integer, String> unanswered(int complaints) {
    Map<Integer, String> open = new LinkedHashMap<>();
    for (int number = first; number < first + complaints && open.size() < 5; number++) {
      if (!isDone(number)) {
        open.put(number, last.getOrDefault(number, "nothing"));
      }
    }
    return open;
  }
}
