package io.mcpcrew.endtoend.offenders.intent;

import java.time.Instant;

/// Breaks: time is an argument.
final class AsksTheMachine {
  Instant now() {
    return Instant.now();
  }
}
