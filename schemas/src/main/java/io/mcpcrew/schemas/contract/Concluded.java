package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.TurnId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The end of an attempt.
///
/// @param wanted what a person is asked for, where the attempt awaits an approval
public record Concluded(
    TurnId turn,
    int attempt,
    OutcomeKind outcome,
    List<Content> reply,
    @Nullable Content note,
    String reason,
    List<Slot> memory,
    @Nullable WantedWrite wanted)
    implements WorkEvent {

  public Concluded {
    reply = List.copyOf(reply);
    memory = List.copyOf(memory);
  }

  /// One that asks nobody for anything.
  public Concluded(
      TurnId turn,
      int attempt,
      OutcomeKind outcome,
      List<Content> reply,
      @Nullable Content note,
      String reason,
      List<Slot> memory) {
    this(turn, attempt, outcome, reply, note, reason, memory, null);
  }
}
