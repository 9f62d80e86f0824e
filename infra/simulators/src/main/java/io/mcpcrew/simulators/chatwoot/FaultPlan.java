package io.mcpcrew.simulators.chatwoot;

import org.jspecify.annotations.Nullable;

/// What is to go wrong, on demand. The same seed makes the same messages suffer.
///
/// @param duplicate percentage of webhooks sent a second time, as a job of its own
/// @param reorder lets every second webhook of a receiver overtake the one before it
/// @param dropAccountWebhooks percentage of account webhooks that are lost
/// @param delayMs waiting time before each webhook
/// @param apiStatus an error for the next creations of messages
/// @param apiDelayMs waiting time before each API answer
record FaultPlan(
    int duplicate,
    boolean reorder,
    int dropAccountWebhooks,
    long delayMs,
    @Nullable ApiStatus apiStatus,
    long apiDelayMs,
    long seed) {
  static final FaultPlan NONE = new FaultPlan(0, false, 0, 0, null, 0, 0);

  FaultPlan {
    requirePercentage("duplicate", duplicate);
    requirePercentage("dropAccountWebhooks", dropAccountWebhooks);
    requireWait("delayMs", delayMs);
    requireWait("apiDelayMs", apiDelayMs);
  }

  /// @param status what is answered, for instance 429 or 500
  /// @param calls for how many creations
  /// @param afterWrite true when the message is stored although the answer says otherwise
  record ApiStatus(int status, int calls, boolean afterWrite) {
    ApiStatus {
      if (status < 400 || status > 599 || calls < 0) {
        throw new IllegalArgumentException(
            "apiStatus needs a status of 400 to 599 and a number of calls");
      }
    }
  }

  private static void requirePercentage(String name, int value) {
    if (value < 0 || value > 100) {
      throw new IllegalArgumentException(name + " must be a percentage from 0 to 100");
    }
  }

  private static void requireWait(String name, long value) {
    if (value < 0 || value > 60_000) {
      throw new IllegalArgumentException(name + " must be 0 to 60000 milliseconds");
    }
  }
}
