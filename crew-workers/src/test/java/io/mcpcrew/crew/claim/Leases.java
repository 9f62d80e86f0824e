package io.mcpcrew.crew.claim;

import java.time.Duration;

/// Leases for tests of what is done while one holds.
public final class Leases {
  private Leases() {}

  /// A lease on all partitions that begins now.
  public static Lease held(Duration length, String worker, int partitions) {
    var lease = new Lease(length);
    for (int partition = 0; partition < partitions; partition++) {
      lease.took(worker, partition, System.nanoTime());
    }
    return lease;
  }
}
