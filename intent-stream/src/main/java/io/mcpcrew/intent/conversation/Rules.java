package io.mcpcrew.intent.conversation;

import io.mcpcrew.intent.find.IntentFinder;
import io.mcpcrew.runtime.tenant.Tenant;
import java.time.Duration;

/// What a decision goes by besides the state: the account's settings, the finder, and the
/// platform's limits.
public record Rules(Tenant tenant, IntentFinder finder, Limits limits) {

  /// @param lease how long a worker may be silent before its attempt is given up
  /// @param deadline by when a customer must have heard something
  /// @param attempts at most, before a person takes over
  /// @param backOff after a failed attempt, times the attempt
  /// @param replyLife after which a released reply is no longer posted
  public record Limits(
      Duration lease, Duration deadline, int attempts, Duration backOff, Duration replyLife) {
    public static final Limits DEFAULT =
        new Limits(
            Duration.ofSeconds(6),
            Duration.ofSeconds(90),
            4,
            Duration.ofSeconds(1),
            Duration.ofMinutes(10));
  }
}
