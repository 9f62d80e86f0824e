package io.mcpcrew.intent.conversation;

import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.Reason;
import java.util.List;
import java.util.stream.Stream;

/// What a transition comes to. A decision that [#isIdle] leaves no trace: a duplicate, a sign of
/// what was known.
public record Decision(ConversationState state, List<Command> commands, List<Reason> reasons) {

  public Decision {
    commands = List.copyOf(commands);
    reasons = List.copyOf(reasons);
  }

  /// The same, with a reason before its own.
  Decision after(Reason reason) {
    return new Decision(
        state, commands, Stream.concat(Stream.of(reason), reasons.stream()).toList());
  }

  /// This and then another one, which began with this one's state.
  Decision then(Decision next) {
    return new Decision(
        next.state(),
        Stream.concat(commands.stream(), next.commands().stream()).toList(),
        Stream.concat(reasons.stream(), next.reasons().stream()).toList());
  }

  static Decision idle(ConversationState state) {
    return new Decision(state, List.of(), List.of());
  }

  /// Whether nothing is kept of the conversation any more.
  public boolean forgets() {
    for (Command command : commands) {
      if (command instanceof Command.Forget) {
        return true;
      }
    }
    return false;
  }

  public boolean isIdle(ConversationState before) {
    return state.equals(before) && commands.isEmpty();
  }
}
