package io.mcpcrew.simulators.chatwoot;

import io.mcpcrew.simulators.chatwoot.ChatwootSimulatorSettings.AgentSettings;
import io.mcpcrew.simulators.chatwoot.ChatwootSimulatorSettings.BotSettings;

/// In whose name something is done.
sealed interface Actor {
  /// A person who works in Chatwoot.
  record User(AgentSettings agent) implements Actor {}

  /// The agent bot, by its own token.
  record Bot(BotSettings bot) implements Actor {}

  /// Chatwoot itself, for instance after a failed bot call.
  record Machine() implements Actor {}

  default String name() {
    return switch (this) {
      case User(var agent) -> agent.name();
      case Bot(var bot) -> bot.name();
      case Machine() -> "Chatwoot";
    };
  }
}
