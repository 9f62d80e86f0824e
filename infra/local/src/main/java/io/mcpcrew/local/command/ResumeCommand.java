package io.mcpcrew.local.command;

import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.tenant.Pauses;
import io.mcpcrew.schemas.AccountId;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The end of a pause.
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = {
      "Lets the agent of an account, or of all, speak again after ./crew pause.",
      "What was kept back is said now, and what was asked meanwhile is answered, unless it is older "
          + "than the account answers."
    },
    footer = {
      "",
      "Examples:",
      "  ./crew resume --account loja",
      "  ./crew resume --all",
    })
public final class ResumeCommand implements CrewCommand {
  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Accounts accounts;

  @Override
  public Integer call() {
    KafkaClients log = accounts.log();
    try (var pauses = new Pauses(log, Clock.systemUTC())) {
      for (AccountId account : accounts.in(log)) {
        pauses.resume(account);
        System.out.printf("%s goes on.%n", account);
      }
    }
    return 0;
  }
}
