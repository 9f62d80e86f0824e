package io.mcpcrew.local;

import ch.qos.logback.classic.Level;
import io.mcpcrew.local.command.ChatCommand;
import io.mcpcrew.local.command.CrewCommand;
import io.mcpcrew.local.command.DoctorCommand;
import io.mcpcrew.local.command.ExampleCommand;
import io.mcpcrew.local.command.Failure;
import io.mcpcrew.local.command.McpCommand;
import io.mcpcrew.local.command.NewCommand;
import io.mcpcrew.local.command.ParkedCommand;
import io.mcpcrew.local.command.PauseCommand;
import io.mcpcrew.local.command.ReplayCommand;
import io.mcpcrew.local.command.ResumeCommand;
import io.mcpcrew.local.command.ScenarioCommand;
import io.mcpcrew.local.command.SendCommand;
import io.mcpcrew.local.command.StatusCommand;
import io.mcpcrew.local.command.TestCrewCommand;
import io.mcpcrew.local.command.TopicsCommand;
import io.mcpcrew.local.command.UpCommand;
import io.mcpcrew.local.command.WhyCommand;
import io.mcpcrew.parts.PartFailure;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// What `./crew` runs. Every command has `--help`; what goes wrong is one sentence and exit code 1.
@Command(
    name = "./crew",
    mixinStandardHelpOptions = true,
    description = "MCP-Crew: crews of agents that answer a company's customers.",
    subcommands = {
      UpCommand.class,
      SendCommand.class,
      ChatCommand.class,
      StatusCommand.class,
      WhyCommand.class,
      ReplayCommand.class,
      ScenarioCommand.class,
      TopicsCommand.class,
      ParkedCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      McpCommand.class,
      NewCommand.class,
      TestCrewCommand.class,
      ExampleCommand.class,
      DoctorCommand.class
    })
public final class Crew {
  private Crew() {}

  public static void main(String[] args) {
    quiet();
    System.exit(commandLine().execute(args));
  }

  /// Libraries have nothing to tell to the person at the terminal; a platform that is started sets
  /// up its own log file.
  private static void quiet() {
    if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)
        instanceof ch.qos.logback.classic.Logger root) {
      root.setLevel(Level.ERROR);
    }
  }

  static CommandLine commandLine() {
    var line = new CommandLine(new Crew());
    ServiceLoader.load(CrewCommand.class).forEach(line::addSubcommand);
    line.setExecutionExceptionHandler((exception, _, _) -> sentence(exception));
    line.setParameterExceptionHandler((exception, _) -> {
      System.err.println(exception.getMessage());
      System.err.println("See ./crew help " + exception.getCommandLine().getCommandName());
      return 1;
    });
    return line;
  }

  private static int sentence(Exception exception) throws Exception {
    if (exception instanceof Failure || exception instanceof PartFailure) {
      System.err.println(exception.getMessage());
      return 1;
    }
    throw exception;
  }
}
