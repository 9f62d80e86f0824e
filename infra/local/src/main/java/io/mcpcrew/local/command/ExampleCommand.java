package io.mcpcrew.local.command;

import io.mcpcrew.local.Home;
import io.mcpcrew.local.Platform;
import io.mcpcrew.local.Running;
import io.mcpcrew.parts.Progress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Plays a story against what runs, or against a platform that it starts for it and stops after it.
@Command(
    name = "example",
    mixinStandardHelpOptions = true,
    description = {
      "Plays a story with the tool shop and tells it; exit code 0 only when it ended as told.",
      "Where nothing runs everything is started for it, on other ports and data, and stopped after it."
    },
    footer = {"", "Examples:", "  ./crew example whatsapp-flow"})
public final class ExampleCommand implements CrewCommand {
  private static final int PORTS = 7;

  @Parameters(
      index = "0",
      arity = "0..1",
      description = "whatsapp-flow: question, product search, order.")
  private String name = "whatsapp-flow";

  @Override
  public Integer call() throws Exception {
    if (!name.equals("whatsapp-flow")) {
      throw new Failure("There is no example \"%s\". There is: whatsapp-flow".formatted(name));
    }
    Optional<Running> running = Running.of(Home.ofProcess());
    if (running.isPresent()) {
      new WhatsAppFlow(running.get(), System.out).play();
      return 0;
    }
    System.out.println("Nothing runs on this folder; starting everything for the example ...");
    Path data = Files.createTempDirectory("mcp-crew-example");
    try (Platform platform =
        Platform.start(Platform.Plan.laptop(data, freeBlock()), Progress.silent())) {
      new WhatsAppFlow(platform.running(), System.out).play();
    } finally {
      delete(data);
    }
    return 0;
  }

  private static int freeBlock() {
    return IntStream.iterate(9_300, port -> port < 12_000, port -> port + 10)
        .filter(first -> IntStream.range(first, first + PORTS).allMatch(ExampleCommand::isFree))
        .findFirst()
        .orElseThrow(() -> new Failure("There are no free ports from 9300 to 12000."));
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
