package io.mcpcrew.endtoend.offenders.simulation;

import java.time.Instant;

/// Breaks: the simulation has no time but its own.
final class AsksTheMachine {
  Instant now() {
    return Instant.now();
  }
}
