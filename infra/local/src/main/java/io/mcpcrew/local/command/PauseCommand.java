package io.mcpcrew.local.command;

import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.tenant.Pauses;
import io.mcpcrew.schemas.AccountId;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Nothing more is said for an account, or for all of them, until they are resumed.
@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    description = {
      "Silences the agent of an account, or of all, within a second.",
      "Messages are still received. What turns at work conclude is kept back, and so are replies "
          + "on their way; after ./crew resume they are said, unless a person has spoken.",
      "A single conversation is silenced by the label sem-bot in Chatwoot."
    },
    footer = {
      "",
      "Examples:",
      "  ./crew pause --account loja --reason \"preços errados no Odoo\"",
      "  ./crew pause --all"
    })
public final class PauseCommand implements CrewCommand {
  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Accounts accounts;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Why; stands in the log for who asks later.")
  private String reason = "";

  @Override
  public Integer call() {
    KafkaClients log = accounts.log();
    try (var pauses = new Pauses(log, Clock.systemUTC())) {
      for (AccountId account : accounts.in(log)) {
        pauses.pause(account, reason, "operator");
        System.out.printf(
            "%s is paused. It goes on with ./crew resume --account %s%n", account, account);
      }
    }
    return 0;
  }
}
