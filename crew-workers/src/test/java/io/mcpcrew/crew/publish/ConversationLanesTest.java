package io.mcpcrew.crew.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ConversationLanesTest {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ConversationLanes lanes = new ConversationLanes(threads);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void tasks_of_a_conversation_run_one_after_the_other_in_their_order() throws Exception {
    int conversations = 20;
    int each = 50;
    Map<String, List<Integer>> order = new ConcurrentHashMap<>();
    Map<String, AtomicInteger> running = new HashMap<>();
    var overlapped = new AtomicBoolean();
    var done = new CountDownLatch(conversations * each);
    for (int c = 0; c < conversations; c++) {
      order.put("c" + c, Collections.synchronizedList(new ArrayList<>()));
      running.put("c" + c, new AtomicInteger());
    }
    for (int i = 0; i < each; i++) {
      int number = i;
      for (String conversation : order.keySet()) {
        AtomicInteger inside = running.getOrDefault(conversation, new AtomicInteger());
        lanes.run(
            conversation,
            () -> {
              if (inside.incrementAndGet() > 1) {
                overlapped.set(true);
              }
              LockSupport.parkNanos(10_000);
              order.getOrDefault(conversation, List.of()).add(number);
              inside.decrementAndGet();
              done.countDown();
            });
      }
    }

    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(overlapped).isFalse();
    assertThat(order.values()).allSatisfy(numbers -> assertThat(numbers).hasSize(each).isSorted());
  }

  @Test
  void conversations_run_side_by_side() {
    var together = new CyclicBarrier(3);
    var met = new AtomicInteger();
    for (String conversation : List.of("a", "b", "c")) {
      lanes.run(
          conversation,
          () -> {
            try {
              together.await(10, TimeUnit.SECONDS);
              met.incrementAndGet();
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          });
    }

    await().atMost(Duration.ofSeconds(10)).untilAtomic(met, org.hamcrest.Matchers.equalTo(3));
  }

  @Test
  void a_task_that_fails_does_not_end_its_lane() throws Exception {
    var after = new CountDownLatch(1);
    lanes.run(
        "a",
        () -> {
          Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
          throw new IllegalStateException("on purpose");
        });
    lanes.run("a", after::countDown);

    assertThat(after.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void what_comes_after_the_end_is_not_begun_and_nobody_is_told_off() {
    threads.shutdown();
    var ran = new AtomicBoolean();

    lanes.run("a", () -> ran.set(true));

    assertThat(ran).isFalse();
  }
}
