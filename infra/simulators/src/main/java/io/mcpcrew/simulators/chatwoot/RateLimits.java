package io.mcpcrew.simulators.chatwoot;

import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;

/// Counts per key and minute of the clock, as Rack::Attack does. A limit of 0 is none.
final class RateLimits {
  private final InstantSource clock;
  private final ConcurrentHashMap<String, Count> counts = new ConcurrentHashMap<>();

  private record Count(long minute, int requests) {}

  RateLimits(InstantSource clock) {
    this.clock = clock;
  }

  /// Counts this request and says whether it is still within the limit.
  boolean allows(String key, int perMinute) {
    if (perMinute == 0) {
      return true;
    }
    long minute = clock.instant().getEpochSecond() / 60;
    Count count =
        counts.merge(
            key,
            new Count(minute, 1),
            (before, first) ->
                before.minute() == minute ? new Count(minute, before.requests() + 1) : first);
    return count.requests() <= perMinute;
  }
}
