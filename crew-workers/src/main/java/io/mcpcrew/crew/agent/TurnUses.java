package io.mcpcrew.crew.agent;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpcrew.crew.claim.TurnJournal;
import io.mcpcrew.crew.model.TurnLimits;
import io.mcpcrew.crew.model.TurnLimits.Used;
import java.util.concurrent.atomic.AtomicReference;

/// What is used in each attempt that is being worked: all wishes of a turn draw on one budget. Goes
/// with the attempt's journal.
final class TurnUses {
  private final Cache<TurnJournal, AtomicReference<Used>> attempts =
      Caffeine.newBuilder().weakKeys().build();

  TurnUse of(TurnJournal attempt, TurnLimits limits) {
    return new TurnUse(limits, attempts.get(attempt, _ -> new AtomicReference<>(Used.NOTHING)));
  }
}
