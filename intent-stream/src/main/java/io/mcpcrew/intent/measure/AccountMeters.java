package io.mcpcrew.intent.measure;

import io.mcpcrew.intent.conversation.AccountGate.Transitioned;
import io.mcpcrew.intent.conversation.Command;
import io.mcpcrew.intent.conversation.Input;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.EventKind;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Counts what is done for accounts: `crew.intent.*` with the tag `tenant_id`, which is an
/// account's name for the busiest and `other` for the rest. What a transaction takes back and does
/// again is counted twice.
public final class AccountMeters {
  private static final String OTHER = "other";
  private static final String PREFIX = "crew.intent.";

  private final MeterRegistry meters;
  private final BusiestAccounts busiest;
  private final Map<String, Map<String, Counter>> counters = new HashMap<>();

  /// @param most accounts that are measured by name
  public AccountMeters(MeterRegistry meters, int most) {
    this.meters = meters;
    this.busiest = new BusiestAccounts(most);
  }

  public void decided(Transitioned step, Instant now) {
    List<String> events = events(step);
    if (!events.isEmpty()) {
      count(step.after().conversation().account(), events, now);
    }
  }

  public void parked(AccountId account, Instant now) {
    count(account, List.of("parked"), now);
  }

  public void stuck(AccountId account, Instant now) {
    count(account, List.of("stuck"), now);
  }

  static List<String> events(Transitioned step) {
    List<String> events = new ArrayList<>();
    if (step.input() instanceof Input.Happened(var event)
        && (event.kind() == EventKind.MESSAGE || event.kind() == EventKind.CHOSEN)
        && event.author() == Author.CUSTOMER) {
      events.add("messages");
    }
    for (Command command : step.decision().commands()) {
      switch (command) {
        case Command.Hand(var turn, boolean _) ->
            events.add(turn.attempt() == 1 ? "turns" : "retries");
        case Command.Release(var reply) ->
            events.add(reply.kind() == ReplyKind.HANDOVER ? "handovers" : "replies");
        case Command.Fence _ -> events.add("fences");
        case Command.Forget _ -> events.add("forgotten");
        default -> {}
      }
    }
    return events;
  }

  private synchronized void count(AccountId account, List<String> events, Instant now) {
    BusiestAccounts.Place place = busiest.heard(account, now);
    place.dropped().ifPresent(this::forget);
    String tenant = place.isNamed() ? account.value() : OTHER;
    for (String event : events) {
      counters
          .computeIfAbsent(tenant, _ -> new HashMap<>())
          .computeIfAbsent(event, e -> meters.counter(PREFIX + e, "tenant_id", tenant))
          .increment();
    }
  }

  private void forget(AccountId account) {
    Map<String, Counter> its = counters.remove(account.value());
    if (its != null) {
      its.values().forEach(meters::remove);
    }
  }
}
