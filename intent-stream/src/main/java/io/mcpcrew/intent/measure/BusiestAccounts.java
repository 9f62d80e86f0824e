package io.mcpcrew.intent.measure;

import io.mcpcrew.schemas.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which accounts are measured by name: at most so many, the busiest. Who comes while there is room
/// is named at once; later somebody who is clearly busier than the idlest of those named takes its
/// place, judged by the hour. Everybody else is `other`. Not safe for several threads.
public final class BusiestAccounts {
  private static final Duration WINDOW = Duration.ofHours(1);

  /// How many times as busy; so that two alike do not change places at every record.
  private static final int CLEARLY = 2;

  private final int most;
  private final Set<AccountId> named = new LinkedHashSet<>();
  private final Map<AccountId, Long> heard = new HashMap<>();
  private Instant windowEnds = Instant.MIN;

  public BusiestAccounts(int most) {
    this.most = most;
  }

  /// @param isNamed whether the account is measured by its name from now on
  /// @param dropped who no longer is, because of that
  public record Place(boolean isNamed, Optional<AccountId> dropped) {}

  /// Something was done for the account.
  public Place heard(AccountId account, Instant now) {
    if (!now.isBefore(windowEnds)) {
      heard.clear();
      windowEnds = now.plus(WINDOW);
    }
    long times = heard.merge(account, 1L, Long::sum);
    if (named.contains(account)) {
      return new Place(true, Optional.empty());
    }
    if (named.size() < most) {
      named.add(account);
      return new Place(true, Optional.empty());
    }
    // Looked for now and then only; a search at every record of a quiet account would cost more.
    if (most == 0 || Long.bitCount(times) != 1 || times < 64) {
      return new Place(false, Optional.empty());
    }
    AccountId idlest =
        named.stream()
            .min(Comparator.comparingLong(each -> heard.getOrDefault(each, 0L)))
            .orElseThrow();
    if (times < CLEARLY * Math.max(1, heard.getOrDefault(idlest, 0L))) {
      return new Place(false, Optional.empty());
    }
    named.remove(idlest);
    named.add(account);
    return new Place(true, Optional.of(idlest));
  }
}
