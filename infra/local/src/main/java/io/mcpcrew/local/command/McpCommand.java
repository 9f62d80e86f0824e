package io.mcpcrew.local.command;

import io.mcpcrew.local.DemoCompanies;
import io.mcpcrew.local.Home;
import io.mcpcrew.local.Running;
import io.mcpcrew.mcp.stdio.StdioBridge;
import io.mcpcrew.runtime.tokens.AccountKeys;
import io.mcpcrew.runtime.tokens.Role;
import io.mcpcrew.runtime.tokens.TokenSettings;
import io.mcpcrew.runtime.tokens.Tokens;
import io.mcpcrew.schemas.AccountId;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A connector for a client that starts a program and talks with it.
@Command(
    name = "mcp",
    mixinStandardHelpOptions = true,
    description = {
      "Puts a connector of a running platform on standard input and output, for desktop clients.",
      "Only MCP's messages are written to standard output; everything else goes to standard error."
    },
    footer = {
      "",
      "Examples:",
      "  ./crew mcp odoo --account loja",
      "  MCPCREW_TOKEN=ey... ./crew mcp chatwoot --account loja --url https://crew.example.com"
    })
public final class McpCommand implements CrewCommand {
  private static final Duration LIFE = Duration.ofMinutes(5);

  @Parameters(index = "0", paramLabel = "CONNECTOR", description = "odoo, chatwoot, or another.")
  private String connector = "";

  @Option(
      names = "--account",
      paramLabel = "A",
      description = "Whose system it is (default: the first demo company).")
  private String account = DemoCompanies.ACCOUNTS.getFirst();

  @Option(
      names = "--token",
      defaultValue = "${env:MCPCREW_TOKEN}",
      description =
          "The account's token, or MCPCREW_TOKEN; without one it is signed with the keys of ./crew up.")
  private @Nullable String token;

  @Option(
      names = "--url",
      description = "Where the platform is (default: that which runs on this folder).")
  private @Nullable String url;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!connector.matches("[a-z][a-z0-9]*")) {
      throw new Failure("A connector is called like odoo, not \"%s\".".formatted(connector));
    }
    if (!AccountId.isValid(account)) {
      throw new Failure("An account is called like loja, not \"%s\".".formatted(account));
    }
    OutputStream out = System.out;
    System.setOut(System.err);
    try (var http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build()) {
      var owner = new AccountId(account);
      URI address = URI.create("%s/mcp/%s/session".formatted(platform(), connector));
      new StdioBridge(http, address, owner, tokens(owner), out).run(System.in);
    }
    return 0;
  }

  private String platform() {
    return url == null ? running().url() : url.replaceAll("/+$", "");
  }

  private static Running running() {
    return Running.of(Home.ofProcess())
        .orElseThrow(() ->
            new Failure(
                "Nothing runs on this folder. Start it with ./crew up, or name a platform with --url and --token."));
  }

  private Supplier<String> tokens(AccountId owner) {
    String given = token;
    if (given != null && !given.isBlank()) {
      return () -> given;
    }
    if (url != null) {
      throw new Failure("A platform elsewhere wants a token: --token, or MCPCREW_TOKEN.");
    }
    Clock clock = Clock.systemUTC();
    var tokens =
        new Tokens(new AccountKeys(new TokenSettings(Path.of(running().keys()), false)), clock);
    return () -> tokens.sign(owner, Role.AGENT, "desktop", clock.instant().plus(LIFE));
  }
}
