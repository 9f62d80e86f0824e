package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.TurnId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The end of an attempt.
public record Concluded(
    TurnId turn,
    int attempt,
    OutcomeKind outcome,
    List<Content> reply,
    @Nullable Content note,
    String reason,
    List<Slot> memory)
    implements WorkEvent {

  public Concluded {
    reply = List.copyOf(reply);
    memory = List.copyOf(memory);
  }
}
