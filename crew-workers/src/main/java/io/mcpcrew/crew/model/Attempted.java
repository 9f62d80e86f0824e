package io.mcpcrew.crew.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What came of one request to one model.
sealed interface Attempted {
  record Answered(ModelAnswer answer) implements Attempted {}

  /// It may go better later, or elsewhere.
  ///
  /// @param after how long the model wants to be left alone
  record Passing(String reason, @Nullable Duration after) implements Attempted {}

  /// It was not asked: it has failed too often and is left alone for a moment.
  record Resting(String reason) implements Attempted {}

  /// The same request will fail again here.
  record Final(String reason) implements Attempted {}
}
