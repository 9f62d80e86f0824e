package io.mcpcrew.schemas.contract;

import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.TurnId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `crew.transitions`: a step of a conversation, enough to explain and to repeat it.
///
/// @param lastSign when the turn's worker last gave a sign, as far as was read then: part of what
///   was decided by
/// @param paused whether the account was paused
/// @param limits the platform's limits that were in force, as `name=value` pairs
/// @param finder which words and rules of the platform found the intents
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
    List<Reason> reasons,
    @Nullable Instant lastSign,
    boolean paused,
    String limits,
    String finder) {

  public Transition {
    commands = List.copyOf(commands);
    reasons = List.copyOf(reasons);
  }
}
