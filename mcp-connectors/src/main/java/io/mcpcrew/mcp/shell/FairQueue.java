package io.mcpcrew.mcp.shell;

import io.mcpcrew.schemas.AccountId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who calls a server next that has said that it takes no more calls for now. Time is an argument,
/// in nanoseconds, and there are no threads here.
///
/// Guaranteed: of those who wait, accounts take turns, each with its calls in their order, however
/// many another account has waiting. While nobody was refused, nobody waits.
final class FairQueue {
  /// As good as without a bound; then those who come pass at once.
  static final int WIDE = 1_024;

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Map<AccountId, Deque<Ticket>> waiting = new LinkedHashMap<>();
  private long shutUntil;
  private boolean isShut;
  private int width = WIDE;
  private int running;
  private int refusals;

  /// A call that has passed or waits.
  static final class Ticket {
    private final AccountId account;
    private boolean passed;

    private Ticket(AccountId account) {
      this.account = account;
    }

    boolean hasPassed() {
      return passed;
    }
  }

  /// A new call, behind the others of its account; [#admit] lets it pass.
  Ticket ask(AccountId account) {
    var ticket = new Ticket(account);
    waiting.computeIfAbsent(account, _ -> new ArrayDeque<>()).add(ticket);
    return ticket;
  }

  /// Those who pass now, in their order.
  List<Ticket> admit(long now) {
    var admitted = new ArrayList<Ticket>();
    while (!waiting.isEmpty() && running < width && untilOpen(now).isZero()) {
      var next = waiting.entrySet().iterator().next();
      Ticket ticket = next.getValue().remove();
      waiting.remove(next.getKey());
      if (!next.getValue().isEmpty()) {
        waiting.put(next.getKey(), next.getValue());
      }
      ticket.passed = true;
      running++;
      admitted.add(ticket);
    }
    return admitted;
  }

  /// How long nobody passes.
  Duration untilOpen(long now) {
    if (isShut && now - shutUntil >= 0) {
      isShut = false;
    }
    return isShut ? Duration.ofNanos(shutUntil - now) : Duration.ZERO;
  }

  /// It waits no longer.
  void gaveUp(Ticket ticket) {
    Deque<Ticket> own = waiting.get(ticket.account);
    if (own != null && own.remove(ticket) && own.isEmpty()) {
      waiting.remove(ticket.account);
    }
  }

  /// A call that had passed was looked at: twice as many may run at once.
  void answered() {
    running--;
    refusals = 0;
    width = Math.min(WIDE, width * 2);
  }

  /// A call that had passed came too soon. Nobody passes for a while, and then one at first.
  ///
  /// @param told how long, if the server says so
  /// @return how long
  Duration tooMany(long now, Optional<Duration> told) {
    running--;
    refusals = Math.min(refusals + 1, 10);
    Duration otherwise = Duration.ofSeconds(1L << (refusals - 1));
    Duration pause = told.orElse(otherwise.compareTo(LONGEST) < 0 ? otherwise : LONGEST);
    long until = now + pause.toNanos();
    if (!isShut || until - shutUntil > 0) {
      shutUntil = until;
    }
    isShut = true;
    width = 1;
    return pause;
  }
}
