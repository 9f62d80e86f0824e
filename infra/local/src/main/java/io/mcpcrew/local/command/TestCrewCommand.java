package io.mcpcrew.local.command;

import io.mcpcrew.crew.crews.Crews;
import io.mcpcrew.crew.files.YamlFolder;
import io.mcpcrew.crew.playbook.Playbooks;
import io.mcpcrew.local.Home;
import io.mcpcrew.local.scenario.Played;
import io.mcpcrew.local.scenario.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Plays conversations that are written down, with the crews and playbooks of the checkout.
@Command(
    name = "test-crew",
    mixinStandardHelpOptions = true,
    description = {
      "Plays the conversations of a folder's YAML files and tells what goes otherwise than written down.",
      "Nothing need run: tools answer what the files say. Own crews and playbooks are taken from the",
      "folders crews and playbooks of the checkout. Exit code 1 when something goes otherwise."
    },
    footer = {
      "",
      "Examples:",
      "  ./crew test-crew scenarios",
      "  ./crew test-crew infra/local/src/main/resources/io/mcpcrew/local/scenarios --watch"
    })
public final class TestCrewCommand implements CrewCommand {
  private static final long LOOK_MS = 300;

  @Parameters(index = "0", paramLabel = "FOLDER", description = "A folder, or one file.")
  private Path folder = Path.of("scenarios");

  @Option(names = "--watch", description = "Plays again when a file changes, until Ctrl-C.")
  private boolean watch;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path root = Home.ofProcess().root();
    Path path = root.resolve(folder);
    if (!Files.exists(path)) {
      throw new Failure(
          "There is no %s. ./crew new playbook <name> writes a first one.".formatted(path));
    }
    boolean good = play(root, path);
    while (watch) {
      Map<String, String> before = stamps(root, path);
      do {
        Thread.sleep(LOOK_MS);
      } while (stamps(root, path).equals(before));
      System.out.println();
      good = play(root, path);
    }
    return good ? 0 : 1;
  }

  private static boolean play(Path root, Path path) throws IOException {
    long began = System.nanoTime();
    try {
      var scenarios =
          new Scenarios(
              Crews.with(root.resolve("crews")), Playbooks.with(root.resolve("playbooks")));
      List<Played> played = scenarios.playAll(path);
      List<Played> wrong = played.stream().filter(p -> !p.isGood()).toList();
      wrong.forEach(p -> System.out.println(p.told() + "\n"));
      System.out.printf(
          "%d conversations, %d as written down, %d otherwise (%.1f s)%n",
          played.size(),
          played.size() - wrong.size(),
          wrong.size(),
          (System.nanoTime() - began) / 1e9);
      return wrong.isEmpty() && !played.isEmpty();
    } catch (IllegalArgumentException wrong) {
      System.out.println(wrong.getMessage());
      return false;
    }
  }

  private static Map<String, String> stamps(Path root, Path path) throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (String own : List.of("crews", "playbooks")) {
      new YamlFolder(root.resolve(own)).stamps().forEach((k, v) -> all.put(own + "/" + k, v));
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.put(file.toString(), Files.getLastModifiedTime(file) + "/" + Files.size(file));
      }
    }
    return all;
  }
}
