package io.mcpcrew.intent.replay;

import io.mcpcrew.intent.conversation.Input;
import io.mcpcrew.schemas.contract.Transition;
import org.jspecify.annotations.Nullable;

/// A step of a conversation as the log has it, with what it was decided by.
///
/// @param traceparent the trace that the state took with this step, if any
public record RecordedStep(Transition transition, @Nullable String traceparent, Heard heard) {

  /// What the step's input was.
  public sealed interface Heard {

    /// It can be heard again.
    record Again(Input input) implements Heard {}

    /// It cannot.
    record Gone(String because) implements Heard {}
  }
}
