package io.mcpcrew.local.command;

import io.mcpcrew.local.Home;
import io.mcpcrew.local.Running;
import io.mcpcrew.runtime.kafka.KafkaSettings;
import io.mcpcrew.runtime.kafka.LogReader;
import io.mcpcrew.schemas.ConversationKey;
import org.jspecify.annotations.Nullable;

/// The log that a command looks into, and the names that a person types for what lies there.
final class Log {
  private static final String BINDING = "chatwoot-";

  private Log() {}

  /// @param kafka another log than that of the platform that runs on this folder
  static LogReader open(@Nullable String kafka) {
    String brokers =
        kafka != null
            ? kafka
            : Running.of(Home.ofProcess())
                .map(Running::kafka)
                .orElseThrow(() ->
                    new Failure(
                        "Nothing runs on this folder. Start it with ./crew up, or name a log with"
                            + " --kafka."));
    return new LogReader(new KafkaSettings(brokers, 1, (short) 1), "crew-terminal");
  }

  /// `7` is Chatwoot's conversation 7; `loja/chatwoot-7` names its account too.
  static ConversationKey conversation(String account, String typed) {
    try {
      if (typed.contains("/")) {
        return ConversationKey.parse(typed);
      }
      return ConversationKey.of(account, typed.matches("\\d+") ? BINDING + typed : typed);
    } catch (IllegalArgumentException notAKey) {
      throw new Failure(
          "\"%s\" is no conversation: 7, chatwoot-7 or loja/chatwoot-7 is one.".formatted(typed));
    }
  }
}
