package io.mcpcrew.local;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The classes that this process has loaded, archived for the next start, which then takes half the
/// time.
///
/// Another process of low priority makes the archive while this one answers: a JVM that archives
/// its own classes does so on its way out, for seconds after Ctrl-C. The launcher asks for it when
/// there is no archive yet. Without one everything works, only later; so a failure is a line in the
/// log, and closing ends the making.
final class ClassArchive implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(ClassArchive.class);
  private static final String ASKED_FOR = "mcpcrew.class-archive";

  private final @Nullable Process making;

  private ClassArchive(@Nullable Process making) {
    this.making = making;
  }

  /// @param loaded the list that the JVM writes of the classes that it loads
  static ClassArchive makeIfAskedFor(Path loaded) {
    return new ClassArchive(
        Optional.ofNullable(System.getProperty(ASKED_FOR))
            .map(archive -> make(loaded, Path.of(archive)))
            .orElse(null));
  }

  private static @Nullable Process make(Path loaded, Path archive) {
    try {
      Path classes = wholeLinesOf(loaded);
      Path half = archive.resolveSibling(archive.getFileName() + ".half");
      Process maker =
          new ProcessBuilder(command(classes, half))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      var _ = maker.onExit().thenAccept(ended -> keep(ended.exitValue(), half, archive));
      return maker;
    } catch (IOException e) {
      LOGGER.atInfo().setCause(e).log("no archive of the loaded classes; the next start is slower");
      return null;
    }
  }

  /// The JVM goes on writing to its list, so the last line may be half of one.
  private static Path wholeLinesOf(Path loaded) throws IOException {
    String text = Files.readString(loaded);
    Path copy = loaded.resolveSibling(loaded.getFileName() + ".whole");
    return Files.writeString(copy, text.substring(0, text.lastIndexOf('\n') + 1));
  }

  private static List<String> command(Path classes, Path archive) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of("nice", "-n", "19", java));
    // What is archived depends on how objects are laid out.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("-XX:+Use"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Xshare:dump",
            "-XX:SharedClassListFile=" + classes,
            "-XX:SharedArchiveFile=" + archive,
            "-cp",
            System.getProperty("java.class.path")));
    return command;
  }

  private static void keep(int exit, Path half, Path archive) {
    if (exit != 0) {
      LOGGER.atInfo().addKeyValue("exit", exit).log("the loaded classes were not archived");
      return;
    }
    try {
      Files.move(half, archive, StandardCopyOption.ATOMIC_MOVE);
      LOGGER.atInfo().addKeyValue("archive", archive).log("archived the loaded classes");
    } catch (IOException e) {
      LOGGER.atInfo().setCause(e).log("the archive of the loaded classes could not be kept");
    }
  }

  @Override
  public void close() {
    if (making != null) {
      making.destroyForcibly();
    }
  }
}
