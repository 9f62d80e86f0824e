package io.mcpcrew.crew.claim;

import io.mcpcrew.crew.protocol.Lease;
import io.mcpcrew.crew.protocol.Moment;
import java.time.Duration;
import java.time.Instant;

/// Leases for tests of what is done while one holds.
public final class Leases {
  private Leases() {}

  /// A claim that begins now.
  public static Lease.Claim held(Duration length) {
    return claimed(new Lease(length));
  }

  /// A claim of a worker that was frozen.
  public static Lease.Claim lost() {
    return claimed(new Lease(Duration.ZERO));
  }

  private static Lease.Claim claimed(Lease lease) {
    var now = new Moment(System.nanoTime(), Instant.now());
    return lease.claimed("w", 0, now, now);
  }
}
