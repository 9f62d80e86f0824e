package io.mcpcrew.intent.conversation;

import io.mcpcrew.intent.find.IntentFinder;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.contract.Answering;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a decision goes by besides the state: the account's settings, the finder, and the
/// platform's limits.
///
/// @param paused whether the account's agent is to say nothing now
public record Rules(Tenant tenant, IntentFinder finder, Limits limits, boolean paused) {
  /// How late a timer runs at most while somebody looks at the clock.
  private static final Duration LOOKED_AT_WITHIN = Duration.ofSeconds(10);

  public Rules(Tenant tenant, IntentFinder finder, Limits limits) {
    this(tenant, finder, limits, false);
  }

  /// Whether time has jumped over an instant: nobody looked, so nobody can be blamed for it. After
  /// an outage of ours, what waited must get its whole time, and no customer an apology.
  static boolean wasMissed(Instant instant, Instant now) {
    return now.isAfter(instant.plus(LOOKED_AT_WITHIN));
  }

  /// Until when the worker of an attempt counts as living: from its last sign, whatever was known
  /// before; null while nobody has claimed the attempt.
  @Nullable Instant leaseEnd(Answering answering, @Nullable Instant lastSign) {
    Instant known = answering.leaseUntil();
    if (answering.worker() == null || lastSign == null) {
      return known;
    }
    Instant renewed = lastSign.plus(limits.lease());
    return known == null || renewed.isAfter(known) ? renewed : known;
  }

  /// @param lease how long a worker may be silent before its attempt is given up: longer than the
  ///   lease that it gives itself, by more than clocks may differ
  /// @param deadline by when a customer must have heard something
  /// @param attempts that may fail, before a person takes over
  /// @param losses how often a turn may be lost with its worker, failed attempts counted too: more
  ///   often, because who is lost with others is seldom why; the deadline ends it as well
  /// @param backOff after a failed attempt, times the attempt
  /// @param places how many turns of an account may be worked at once
  /// @param replyLife after which a released reply is no longer posted
  /// @param forgetAfter how long nothing must have happened in a conversation before it is
  ///   forgotten: longer than any reply lives
  public record Limits(
      Duration lease,
      Duration deadline,
      int attempts,
      int losses,
      Duration backOff,
      int places,
      Duration replyLife,
      Duration forgetAfter) {
    public static final Limits DEFAULT =
        new Limits(
            Duration.ofSeconds(8),
            Duration.ofSeconds(90),
            4,
            12,
            Duration.ofSeconds(1),
            200,
            Duration.ofMinutes(10),
            Duration.ofDays(30));
  }
}
