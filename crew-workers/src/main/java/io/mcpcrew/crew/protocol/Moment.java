package io.mcpcrew.crew.protocol;

import java.time.Duration;
import java.time.Instant;

/// A moment by both clocks of a machine. The monotonic one stands still while a machine is
/// suspended; the wall clock may be set back. What has passed is what the one says that says more.
///
/// @param nanos of the monotonic clock
public record Moment(long nanos, Instant wall) {

  public Duration since(Moment earlier) {
    Duration monotonic = Duration.ofNanos(nanos - earlier.nanos);
    Duration byWall = Duration.between(earlier.wall, wall);
    return byWall.compareTo(monotonic) > 0 ? byWall : monotonic;
  }

  boolean isAfter(Moment other) {
    return nanos > other.nanos;
  }
}
