package io.mcpcrew.crew.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpcrew.crew.FakeMcp;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class McpCallsTest {
  private static final McpCalls.Caller CALLER = new McpCalls.Caller("token", "");
  private static final Duration LONG = Duration.ofSeconds(20);

  private final ExecutorService turns = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch held = new CountDownLatch(1);
  private FakeMcp server;

  @BeforeEach
  void start() throws IOException {
    server = new FakeMcp();
    server.findsRecords(Map.of("code", "1"));
  }

  @AfterEach
  void stop() {
    held.countDown();
    turns.close();
    server.close();
  }

  @Test
  void a_crowd_waits_before_it_calls_and_everybody_is_answered() throws Exception {
    server.holdBack(held);
    try (var calls = new McpCalls(3)) {
      List<Future<Answered>> crowd = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String number = String.valueOf(i);
        crowd.add(
            turns.submit(() -> {
              try (var _ = calls.place(server.url(), LONG).orElseThrow()) {
                return calls.call(server.url(), CALLER, "find", Map.of("number", number), LONG);
              }
            }));
      }
      await().atMost(LONG).until(() -> server.calls().size() == 3);
      assertThat(calls.place(server.url(), Duration.ofMillis(50))).isEmpty();
      assertThat(server.calls()).hasSize(3);

      held.countDown();

      for (Future<Answered> one : crowd) {
        assertThat(one.get(20, TimeUnit.SECONDS)).isInstanceOf(Answered.Result.class);
      }
      assertThat(server.calls()).hasSize(40);
    }
  }

  @Test
  void a_crowd_at_one_server_is_no_crowd_at_another() throws IOException {
    try (var calls = new McpCalls(1);
        var other = new FakeMcp();
        var _ = calls.place(server.url(), LONG).orElseThrow()) {
      assertThat(calls.place(server.url(), Duration.ZERO)).isEmpty();
      assertThat(calls.place(other.url(), Duration.ZERO)).isPresent();
    }
  }

  @Test
  void a_call_that_gets_no_answer_in_time_ends_no_other_of_its_server() throws Exception {
    Duration deadline = Duration.ofSeconds(3);
    server.holdBack("held", held);
    try (var calls = new McpCalls(10)) {
      var first = turns.submit(() -> call(calls, "held first", deadline));
      await().atMost(LONG).until(() -> server.calls().size() == 1);
      TimeUnit.MILLISECONDS.sleep(1_500);
      var second = turns.submit(() -> call(calls, "held second", deadline));
      await().atMost(LONG).until(() -> server.calls().size() == 2);

      assertThat(first.get(20, TimeUnit.SECONDS)).isInstanceOf(Answered.Failed.class);
      held.countDown();

      assertThat(second.get(20, TimeUnit.SECONDS)).isInstanceOf(Answered.Result.class);
    }
  }

  @Test
  void hands_are_shaken_once_with_the_token_of_who_calls_first() {
    try (var calls = new McpCalls(10)) {
      call(calls, "first", LONG);
      call(calls, "second", LONG);
    }
    assertThat(server.handshakes()).containsExactly("Bearer token");
    assertThat(server.calls())
        .extracting(FakeMcp.Call::authorization)
        .containsExactly("Bearer token", "Bearer token");
  }

  @Test
  void a_server_that_was_started_again_is_reached_again() throws IOException {
    try (var calls = new McpCalls(10)) {
      assertThat(call(calls, "before", LONG)).isInstanceOf(Answered.Result.class);
      int port = server.port();
      server.close();
      assertThat(call(calls, "while it is away", LONG)).isInstanceOf(Answered.Failed.class);
      server = new FakeMcp(port);
      server.findsRecords(Map.of("code", "2"));

      assertThat(call(calls, "after", LONG)).isInstanceOf(Answered.Result.class);
    }
  }

  private Answered call(McpCalls calls, String what, Duration deadline) {
    return calls.call(server.url(), CALLER, "find", Map.of("what", what), deadline);
  }
}
