package io.mcpcrew.crew.agent;

import io.mcpcrew.crew.model.TurnLimits;
import io.mcpcrew.crew.model.TurnLimits.Used;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// What the agents that work at a turn have used together, against the limits of one of its tasks.
final class TurnUse {
  private final TurnLimits limits;
  private final AtomicReference<Used> used;

  TurnUse(TurnLimits limits, AtomicReference<Used> used) {
    this.limits = limits;
    this.used = used;
  }

  void add(Used more) {
    used.accumulateAndGet(more, Used::and);
  }

  Optional<String> over(Duration passed) {
    return limits.over(used.get(), passed);
  }

  Duration left(Duration passed) {
    return limits.time().minus(passed);
  }
}
