package io.mcpcrew.local.command;

import io.mcpcrew.local.Home;
import io.mcpcrew.local.scaffold.NewCrewFiles;
import io.mcpcrew.mcp.scaffold.NewConnector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Writes what one begins from.
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a connector of your own (a folder with three tools, and their contract test), a crew, or a",
      "playbook with conversations that test it. What is written passes its tests at once; make it yours.",
      "Nothing that is there is overwritten."
    },
    footer = {
      "",
      "Examples:",
      "  ./crew new connector frete && ./crew test --module mcp-connectors",
      "  ./crew new playbook frete && ./crew test-crew scenarios",
      "  ./crew new crew frete"
    })
public final class NewCommand implements CrewCommand {
  @Parameters(index = "0", paramLabel = "WHAT", description = "connector, crew or playbook")
  private String what = "";

  @Parameters(
      index = "1",
      paramLabel = "NAME",
      description = "A word of lower case letters and digits, as it stands in addresses.")
  private String name = "";

  @Override
  public Integer call() throws IOException {
    Path root = Home.ofProcess().root();
    try {
      switch (what) {
        case "connector" ->
            told(new NewConnector(root, name).write(), "./crew test --module mcp-connectors");
        case "crew" -> told(new NewCrewFiles(root, name).crew(), "./crew test-crew scenarios");
        case "playbook" ->
            told(new NewCrewFiles(root, name).playbook(), "./crew test-crew scenarios");
        default ->
            throw new Failure(
                "A connector, a crew or a playbook can be made anew, not \"%s\".".formatted(what));
      }
    } catch (IllegalArgumentException wrong) {
      throw new Failure(String.valueOf(wrong.getMessage()));
    }
    return 0;
  }

  private static void told(List<String> written, String tests) {
    written.forEach(System.out::println);
    System.out.println("\nIts tests: " + tests);
  }
}
