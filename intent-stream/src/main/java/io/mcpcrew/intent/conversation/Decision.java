package io.mcpcrew.intent.conversation;

import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.Reason;
import java.util.List;

/// What a transition comes to. A decision that [#isIdle] leaves no trace: a duplicate, a sign of
/// what was known.
public record Decision(ConversationState state, List<Command> commands, List<Reason> reasons) {

  public Decision {
    commands = List.copyOf(commands);
    reasons = List.copyOf(reasons);
  }

  static Decision idle(ConversationState state) {
    return new Decision(state, List.of(), List.of());
  }

  public boolean isIdle(ConversationState before) {
    return state.equals(before) && commands.isEmpty();
  }
}
