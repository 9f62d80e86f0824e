package io.mcpcrew.mcp.shell;

import java.time.Duration;

/// What is known of one account's system by how its last calls ended: it is asked, it is left alone
/// for a while, or a single call finds out whether it is back. Pure; time is an argument, in
/// nanoseconds of any clock that does not jump.
///
/// Guaranteed: a system that does not answer is asked once per pause, and any answer of it, a late
/// one too, makes it be asked again as before.
sealed interface BackendState {
  /// Nothing is known against it.
  static BackendState up() {
    return new Up(0);
  }

  /// When a system counts as down.
  ///
  /// @param failures in a row
  /// @param pause before it is asked again; twice as long after each time that was in vain
  /// @param longest pause
  record Rule(int failures, Duration pause, Duration longest) {
    Duration after(Duration pause) {
      Duration doubled = pause.multipliedBy(2);
      return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
  }

  /// How a call ended, as far as the system is concerned.
  enum Outcome {
    ANSWERED,
    FAILED,
    /// The call was refused before the system was asked, or was given up for another reason.
    SAYS_NOTHING
  }

  /// @param failures in a row, fewer than make it down
  record Up(int failures) implements BackendState {}

  /// @param since when it has failed once too often
  /// @param until when it is not asked
  record Down(long since, long until, Duration pause) implements BackendState {}

  /// One call is under way to find out.
  record Probing(long since, Duration pause) implements BackendState {}

  /// Whether a call may be made now.
  default boolean mayBeAsked(long now) {
    return switch (this) {
      case Up _ -> true;
      case Down down -> now - down.until >= 0;
      case Probing _ -> false;
    };
  }

  /// The state after a call has begun that might be.
  default BackendState begun() {
    return this instanceof Down down ? new Probing(down.since, down.pause) : this;
  }

  /// @param probe whether the call had been let through to find out
  default BackendState ended(Outcome outcome, boolean probe, long now, Rule rule) {
    return switch (outcome) {
      case ANSWERED -> up();
      case FAILED -> failed(probe, now, rule);
      case SAYS_NOTHING ->
          probe && this instanceof Probing probing
              ? new Down(probing.since, now, probing.pause)
              : this;
    };
  }

  private BackendState failed(boolean probe, long now, Rule rule) {
    return switch (this) {
      case Up up when up.failures + 1 < rule.failures -> new Up(up.failures + 1);
      case Up _ -> new Down(now, now + rule.pause.toNanos(), rule.pause);
      case Probing probing when probe -> {
        Duration pause = rule.after(probing.pause);
        yield new Down(probing.since, now + pause.toNanos(), pause);
      }
      // A call from before: what it has to say is known.
      case Probing _, Down _ -> this;
    };
  }

  /// How long it has been down; zero when it is not.
  default Duration downFor(long now) {
    return switch (this) {
      case Up _ -> Duration.ZERO;
      case Down down -> Duration.ofNanos(now - down.since);
      case Probing probing -> Duration.ofNanos(now - probing.since);
    };
  }

  default boolean isDown() {
    return !(this instanceof Up);
  }

  /// When a caller should try again, in whole seconds.
  default Duration retryAfter(long now) {
    long nanos =
        switch (this) {
          case Up _ -> 0;
          case Down down -> down.until - now;
          case Probing probing -> probing.pause.toNanos();
        };
    return Duration.ofSeconds(Math.max(1, Duration.ofNanos(nanos).plusMillis(999).toSeconds()));
  }
}
