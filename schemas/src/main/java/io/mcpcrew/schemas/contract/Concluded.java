package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.TurnId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The end of an attempt.
///
/// @param wanted what a person is asked for, where the attempt awaits an approval
/// @param choices what the customer may answer with, in the order shown
/// @param team whom a handover goes to, by the channel's name; null for nobody in particular
public record Concluded(
    TurnId turn,
    int attempt,
    OutcomeKind outcome,
    List<Content> reply,
    @Nullable Content note,
    String reason,
    List<Slot> memory,
    @Nullable WantedWrite wanted,
    List<Content> choices,
    @Nullable String team)
    implements WorkEvent {

  public Concluded {
    reply = List.copyOf(reply);
    memory = List.copyOf(memory);
    choices = List.copyOf(choices);
  }

  /// One that offers no choices and goes to nobody in particular.
  public Concluded(
      TurnId turn,
      int attempt,
      OutcomeKind outcome,
      List<Content> reply,
      @Nullable Content note,
      String reason,
      List<Slot> memory,
      @Nullable WantedWrite wanted) {
    this(turn, attempt, outcome, reply, note, reason, memory, wanted, List.of(), null);
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
