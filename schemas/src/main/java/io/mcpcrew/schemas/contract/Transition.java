package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.TurnId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `crew.transitions`: a step of a conversation, enough to explain and to repeat it.
public record Transition(
    ConversationKey conversation,
    long sequence,
    LogPosition input,
    String inputKind,
    Instant now,
    String stateBefore,
    String stateAfter,
    String hashBefore,
    String hashAfter,
    String machine,
    String settingsVersion,
    @Nullable TurnId turn,
    List<String> commands,
    List<Reason> reasons) {

  public Transition {
    commands = List.copyOf(commands);
    reasons = List.copyOf(reasons);
  }
}
