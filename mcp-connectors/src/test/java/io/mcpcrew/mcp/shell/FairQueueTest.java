package io.mcpcrew.mcp.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.schemas.AccountId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FairQueueTest {
  private static final AccountId BUSY = new AccountId("busy");
  private static final AccountId SMALL = new AccountId("small");
  private static final AccountId THIRD = new AccountId("third");
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final FairQueue queue = new FairQueue();

  private FairQueue.Ticket passed(AccountId account, long now) {
    var ticket = queue.ask(account);
    assertThat(queue.admit(now)).containsExactly(ticket);
    return ticket;
  }

  private List<FairQueue.Ticket> waiting(AccountId account, int calls, long now) {
    var tickets = new ArrayList<FairQueue.Ticket>();
    for (int i = 0; i < calls; i++) {
      tickets.add(queue.ask(account));
      assertThat(queue.admit(now)).isEmpty();
    }
    return tickets;
  }

  @Test
  void nobody_waits_while_nobody_was_refused() {
    for (int i = 0; i < 500; i++) {
      passed(BUSY, 0);
    }
    passed(SMALL, 0);
  }

  @Test
  void after_a_refusal_nobody_passes_until_the_time_that_the_server_names() {
    passed(BUSY, 0);
    assertThat(queue.tooMany(0, Optional.of(Duration.ofSeconds(3)))).hasSeconds(3);

    var one = waiting(BUSY, 1, 2 * SECOND).getFirst();

    assertThat(queue.untilOpen(2 * SECOND)).hasSeconds(1);
    assertThat(queue.admit(3 * SECOND)).containsExactly(one);
  }

  @Test
  void accounts_take_turns_however_many_calls_one_of_them_has() {
    passed(BUSY, 0);
    queue.tooMany(0, Optional.of(Duration.ofSeconds(1)));
    var busy = waiting(BUSY, 100, 0);
    var small = waiting(SMALL, 2, 0);
    var third = waiting(THIRD, 1, 0);

    var order = new ArrayList<FairQueue.Ticket>();
    order.addAll(queue.admit(SECOND));
    while (order.size() < 6) {
      queue.answered();
      order.addAll(queue.admit(SECOND));
    }

    assertThat(order.subList(0, 6))
        .containsExactly(
            busy.get(0), small.get(0), third.get(0), busy.get(1), small.get(1), busy.get(2));
  }

  @Test
  void one_call_tries_it_first_and_more_follow_as_they_are_answered() {
    passed(BUSY, 0);
    queue.tooMany(0, Optional.of(Duration.ofSeconds(1)));
    waiting(BUSY, 20, 0);

    assertThat(queue.admit(SECOND)).hasSize(1);
    queue.answered();
    assertThat(queue.admit(SECOND)).hasSize(2);
    queue.answered();
    queue.answered();
    assertThat(queue.admit(SECOND)).hasSize(8);
  }

  @Test
  void without_a_word_from_the_server_the_pause_doubles_up_to_half_a_minute() {
    var pauses = new ArrayList<Long>();
    long now = 0;
    for (int i = 0; i < 7; i++) {
      now += queue.untilOpen(now).toNanos();
      passed(BUSY, now);
      pauses.add(queue.tooMany(now, Optional.empty()).toSeconds());
    }
    assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
  }

  @Test
  void whoever_gave_up_is_not_let_in() {
    passed(BUSY, 0);
    queue.tooMany(0, Optional.of(Duration.ofSeconds(1)));
    var gone = waiting(BUSY, 1, 0).getFirst();
    var stays = waiting(SMALL, 1, 0).getFirst();

    queue.gaveUp(gone);

    assertThat(queue.admit(SECOND)).containsExactly(stays);
  }
}
