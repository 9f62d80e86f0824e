package io.mcpcrew.crew.model;

import java.time.Duration;

/// When a model is asked again, when the next one is asked, and when it is enough.
final class Persistence {
  static final int MOST_TRIES = 3;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

  /// How long a model that has failed too often is left alone.
  static final Duration REST = Duration.ofSeconds(3);

  private Persistence() {}

  sealed interface Next {
    /// The same model, after a pause.
    record Again(Duration pause) implements Next {}

    record NextModel() implements Next {}

    record GiveUp() implements Next {}
  }

  /// With another model left, one that does not answer is left alone at once after its second try,
  /// and one that names a pause that is too long, or is left alone by ourselves, at once. Without
  /// one a customer waits rather than being handed over.
  ///
  /// @param tries of this model, the failed one included
  /// @param left until nobody waits for the answer any more
  /// @param dice from 0 to 1: pauses are spread over their whole length, so that many workers do
  ///   not come back together
  static Next after(Attempted failed, int tries, boolean another, Duration left, double dice) {
    Next elsewhere = another ? new Next.NextModel() : new Next.GiveUp();
    Duration pause =
        switch (failed) {
          case Attempted.Passing passing -> {
            Duration wanted = passing.after();
            yield wanted == null ? jittered(tries, dice) : wanted;
          }
          case Attempted.Resting _ when !another -> restAndSpread(dice);
          case Attempted.Resting _, Attempted.Final _, Attempted.Answered _ -> null;
        };
    if (pause == null) {
      return elsewhere;
    }
    boolean enough = tries >= (another ? MOST_TRIES - 1 : MOST_TRIES);
    boolean tooLong = pause.compareTo(LONGEST_PAUSE) > 0 || pause.compareTo(left) >= 0;
    return enough || tooLong ? elsewhere : new Next.Again(pause);
  }

  /// When it is over the model is asked by few first; who comes a moment later finds it well.
  private static Duration restAndSpread(double dice) {
    Duration spread = LONGEST_PAUSE.minus(REST);
    return REST.plus(Duration.ofNanos((long) (spread.toNanos() * dice)));
  }

  private static Duration jittered(int tries, double dice) {
    Duration full = FIRST_PAUSE.multipliedBy(1L << Math.min(tries - 1, 6));
    Duration most = full.compareTo(LONGEST_PAUSE) < 0 ? full : LONGEST_PAUSE;
    return Duration.ofNanos((long) (most.toNanos() * dice));
  }
}
