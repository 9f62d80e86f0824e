package io.mcpcrew.mcp.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.schemas.AccountId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ServerGatesTest {
  private static final AccountId LOJA = new AccountId("loja");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ServerGates gates = new ServerGates();

  @Test
  void all_that_wait_get_through_and_no_more_at_once_than_are_let() throws Exception {
    ServerGates.Gate gate = gates.of("chat.example.com");
    gate.enter(LOJA, PATIENCE).orElseThrow().tooMany(Optional.of(Duration.ofMillis(200)));
    var inside = new AtomicInteger();
    List<Future<Integer>> calls = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        var account = new AccountId("conta-" + i % 5);
        calls.add(
            threads.submit(() -> {
              ServerGates.Pass pass = gate.enter(account, PATIENCE).orElseThrow();
              int together = inside.incrementAndGet();
              Thread.sleep(2);
              inside.decrementAndGet();
              pass.answered();
              return together;
            }));
      }
    }
    int most = 0;
    for (Future<Integer> call : calls) {
      most = Math.max(most, call.get(1, TimeUnit.SECONDS));
    }
    assertThat(most).isLessThan(50);
    assertThat(inside).hasValue(0);
  }

  @Test
  void whoever_has_no_patience_is_told_and_another_limit_is_not_touched() throws Exception {
    ServerGates.Gate gate = gates.of("chat.example.com");
    gate.enter(LOJA, PATIENCE).orElseThrow().tooMany(Optional.of(Duration.ofSeconds(10)));

    assertThat(gate.enter(LOJA, Duration.ofMillis(50))).isEmpty();
    assertThat(gate.untilOpen()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
    assertThat(gates.of("other.example.com").enter(LOJA, PATIENCE)).isPresent();
  }
}
