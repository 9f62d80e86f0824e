package io.mcpcrew.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed takes its parts with it.
@Tag("slow")
class OrphanIT {
  @TempDir Path folder;

  @Test
  void nothingOutlivesAProcessThatIsKilled() throws Exception {
    Process owner = Owner.launch(folder);
    try {
      List<ProcessHandle> parts = Owner.partsOf(owner);
      assertThat(parts).hasSize(4).allMatch(ProcessHandle::isAlive);

      owner.destroyForcibly().waitFor();

      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(parts).noneMatch(ProcessHandle::isAlive));
    } finally {
      owner.destroyForcibly();
    }
  }

  @Test
  void nothingOutlivesAProcessThatEndsWithoutClosing() throws Exception {
    Process owner = Owner.launch(folder);
    try {
      List<ProcessHandle> parts = Owner.partsOf(owner);

      owner.destroy();

      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(parts).noneMatch(ProcessHandle::isAlive));
    } finally {
      owner.destroyForcibly();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void nothingOutlivesAGroupOfProcessesThatIsEndedAsAWhole() throws Exception {
    Process owner = Owner.launch(folder, "setsid");
    try {
      List<ProcessHandle> parts = Owner.partsOf(owner);

      new ProcessBuilder("kill", "-TERM", "--", "-" + owner.pid()).start().waitFor();

      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(parts).noneMatch(ProcessHandle::isAlive));
    } finally {
      owner.destroyForcibly();
    }
  }

  /// A small program that starts parts, prints their ids, and never closes them.
  static final class Owner {

    private Owner() {}

    public static void main(String[] args) throws Exception {
      var settings = PartsSettings.forTests(Path.of(args[0])).withRegistry(true);
      var parts = RealParts.start(settings, Progress.silent());
      System.out.println(
          parts.status().stream()
              .flatMap(part -> Stream.of(part.pid()).filter(pid -> pid.isPresent()))
              .map(pid -> Long.toString(pid.getAsLong()))
              .collect(Collectors.joining(" ")));
      Thread.currentThread().join();
    }

    static Process launch(Path folder, String... by) throws IOException {
      List<String> command = new ArrayList<>(List.of(by));
      command.addAll(
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Dmcpcrew.root=" + System.getProperty("mcpcrew.root"),
              "-cp",
              System.getProperty("java.class.path"),
              Owner.class.getName(),
              folder.toString()));
      return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    static List<ProcessHandle> partsOf(Process owner) throws IOException {
      BufferedReader reader = owner.inputReader();
      return Stream.of(Optional.ofNullable(reader.readLine()).orElse("").split(" ", -1))
          .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
          .toList();
    }
  }
}
