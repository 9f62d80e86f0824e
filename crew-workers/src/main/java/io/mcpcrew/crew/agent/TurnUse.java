package io.mcpcrew.crew.agent;

import io.mcpcrew.crew.model.TurnLimits;
import io.mcpcrew.crew.model.TurnLimits.Used;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// What the agents that work at a task have used together.
final class TurnUse {
  private final TurnLimits limits;
  private final AtomicReference<Used> used = new AtomicReference<>(Used.NOTHING);

  TurnUse(TurnLimits limits) {
    this.limits = limits;
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
