package io.mcpcrew.intent.ask;

import io.mcpcrew.schemas.contract.Answering;
import io.mcpcrew.schemas.contract.BackingOff;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.Gathering;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.OpenWrite;
import io.mcpcrew.schemas.contract.Phase;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.Suspended;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a conversation stands, without a word of what was said in it.
///
/// @param sequence the number of its newest transition
/// @param doing in a sentence
/// @param until when time will move it on, if it will
/// @param openWrites tools whose writes were announced and not heard of since
/// @param pending messages that no turn has taken yet
public record Present(
    String conversation,
    long sequence,
    Instant now,
    String phase,
    String doing,
    @Nullable Instant until,
    @Nullable String turn,
    int attempt,
    @Nullable String worker,
    List<String> openWrites,
    int pending,
    long turns,
    String channel,
    String inbox,
    String status) {

  public Present {
    openWrites = List.copyOf(openWrites);
  }

  /// @param until when the conversation must be looked at again
  public static Present of(ConversationState state, @Nullable Instant until) {
    Phase phase = state.phase();
    Turn turn = turn(phase);
    return new Present(
        state.conversation().toString(),
        state.sequence(),
        state.now(),
        phase.getClass().getSimpleName(),
        doing(phase),
        until,
        turn == null ? null : turn.turn().toString(),
        turn == null ? 0 : turn.attempt(),
        phase instanceof Answering answering ? answering.worker() : null,
        open(phase).stream().map(OpenWrite::tool).toList(),
        state.pending().size(),
        state.turnsSoFar(),
        state.channel(),
        state.inbox(),
        state.status().name().toLowerCase(Locale.ROOT));
  }

  private static String doing(Phase phase) {
    return switch (phase) {
      case Quiet _ -> "nothing is asked";
      case Gathering _ -> "the customer may still be writing";
      case Waiting _ -> "waits for one of the account's places";
      case Answering a when a.fencedAt() != null -> "asks the log whether the attempt is lost";
      case Answering a when a.worker() == null -> "waits for a worker";
      case Answering _ -> "a worker has the turn";
      case BackingOff b -> "waits for the next attempt: " + b.because();
      case Suspended s when s.approvedAt() != null -> "approved: waits for a place";
      case Suspended s -> "waits for a person's approval of " + s.wanted().tool();
      case HumanHeld h -> "a person has it: " + h.because();
    };
  }

  private static @Nullable Turn turn(Phase phase) {
    return switch (phase) {
      case Answering a -> a.turn();
      case BackingOff b -> b.turn();
      case Suspended s -> s.turn();
      case Quiet _, Gathering _, Waiting _, HumanHeld _ -> null;
    };
  }

  private static List<OpenWrite> open(Phase phase) {
    return switch (phase) {
      case Answering a -> a.open();
      case BackingOff b -> b.open();
      case Suspended s -> s.open();
      case Quiet _, Gathering _, Waiting _, HumanHeld _ -> List.of();
    };
  }
}
