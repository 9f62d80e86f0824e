package io.mcpcrew.local.command;

import io.mcpcrew.local.Home;
import io.mcpcrew.local.Running;
import io.mcpcrew.runtime.kafka.KafkaClients;
import io.mcpcrew.runtime.kafka.KafkaSettings;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.runtime.tenant.Tenants;
import io.mcpcrew.schemas.AccountId;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// The accounts that a command is for, and the log that knows them.
final class Accounts {
  @ArgGroup(multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Which which;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Another log than that of the platform that runs on this folder.")
  private @Nullable String kafka;

  /// One of the two must be said: nobody silences all by mistake.
  private static final class Which {
    @Option(names = "--account", paramLabel = "A", description = "One account, e.g. loja.")
    private @Nullable String account;

    @Option(names = "--all", description = "All accounts.")
    private boolean all;
  }

  KafkaClients log() {
    String brokers =
        kafka != null
            ? kafka
            : Running.of(Home.ofProcess())
                .map(Running::kafka)
                .orElseThrow(() ->
                    new Failure(
                        "Nothing runs on this folder. Start it with ./crew up, or name a log with --kafka."));
    return new KafkaClients(new KafkaSettings(brokers, 1, (short) 1));
  }

  /// Those that are meant, of all that the log knows.
  List<AccountId> in(KafkaClients log) {
    List<AccountId> known;
    try (var tenants = new Tenants(log, "command")) {
      tenants.start();
      tenants.awaitCaughtUp();
      known = tenants.all().stream().map(Tenant::account).sorted().toList();
    }
    if (which.all) {
      return known;
    }
    return known.stream()
        .filter(account -> account.value().equals(which.account))
        .findFirst()
        .map(List::of)
        .orElseThrow(() ->
            new Failure(
                "There is no account \"%s\". There are: %s"
                    .formatted(
                        which.account,
                        known.stream().map(AccountId::value).collect(Collectors.joining(", ")))));
  }
}
