package io.mcpcrew.endtoend.offenders.intent;

/// Breaks: time is an argument.
final class AsksTheMachine {
  java.time.Instant now() {
    return java.time.Instant.now();
  }
}
