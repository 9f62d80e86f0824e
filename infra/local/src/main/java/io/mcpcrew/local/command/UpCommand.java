package io.mcpcrew.local.command;

import io.mcpcrew.local.Home;
import io.mcpcrew.local.Laptop;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Starts everything and stays until it is told to stop.
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts everything and waits until a message can be answered.",
    footer = {"", "Examples:", "  ./crew up", "  ./crew up --port 9700 --fresh"})
public final class UpCommand implements CrewCommand {
  @Option(
      names = "--port",
      defaultValue = "8700",
      description = "First of a block of seven ports (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(names = "--fresh", description = "Begin anew: delete the data of earlier runs first.")
  private boolean fresh;

  @Override
  public Integer call() throws Exception {
    if (port < 1024 || port > 65_000) {
      throw new Failure("--port is a number from 1024 to 65000, not " + port + ".");
    }
    return new Laptop(Home.ofProcess(), port, fresh).run();
  }
}
