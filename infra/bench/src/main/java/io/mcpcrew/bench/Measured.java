package io.mcpcrew.bench;

import org.jspecify.annotations.Nullable;

/// One line of a report; times in milliseconds.
///
/// @param perSecond throughput when pushed; null where only times were measured
/// @param pace at which the times were measured, in operations a second; 0 when pushed
/// @param comparedTo the line that is its floor
record Measured(
    String name,
    @Nullable Double perSecond,
    int pace,
    int count,
    double p50,
    double p95,
    double p99,
    @Nullable String comparedTo) {

  static Measured of(
      String name,
      @Nullable Double perSecond,
      int pace,
      Latencies times,
      @Nullable String comparedTo) {
    return new Measured(
        name,
        perSecond,
        pace,
        times.count(),
        times.percentile(0.50),
        times.percentile(0.95),
        times.percentile(0.99),
        comparedTo);
  }
}
