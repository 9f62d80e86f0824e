package io.mcpcrew.local.command;

import io.mcpcrew.local.Home;
import io.mcpcrew.mcp.scaffold.NewConnector;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Writes what one begins from.
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a connector of your own: a folder with three tools, and their contract test.",
      "It passes its tests at once; make it your system's. Nothing that is there is overwritten."
    },
    footer = {
      "",
      "Example:",
      "  ./crew new connector frete && ./crew test --module mcp-connectors"
    })
public final class NewCommand implements CrewCommand {
  @Parameters(index = "0", paramLabel = "WHAT", description = "connector")
  private String what = "";

  @Parameters(
      index = "1",
      paramLabel = "NAME",
      description = "A word of lower case letters and digits, as it stands in addresses.")
  private String name = "";

  @Override
  public Integer call() throws IOException {
    if (!what.equals("connector")) {
      throw new Failure("Only a connector can be made anew, not \"%s\".".formatted(what));
    }
    List<String> written;
    try {
      written = new NewConnector(Home.ofProcess().root(), name).write();
    } catch (IllegalArgumentException wrong) {
      throw new Failure(String.valueOf(wrong.getMessage()));
    }
    written.forEach(System.out::println);
    System.out.println("\nIts tests: ./crew test --module mcp-connectors");
    return 0;
  }
}
