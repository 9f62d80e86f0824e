package io.mcpcrew.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;

/// Where a run keeps what it measures with: gigabytes, which go when it ends. What a run left that
/// was ended before it could tidy up goes when the next one begins.
public final class RunFolder implements AutoCloseable {
  private static final String BEGIN = "data-";

  private final Path path;

  private RunFolder(Path path) {
    this.path = path;
  }

  public static RunFolder in(Path state) throws IOException {
    return in(
        state,
        ProcessHandle.current().pid(),
        pid -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent());
  }

  public static RunFolder in(Path state, long pid, LongPredicate isAlive) throws IOException {
    Files.createDirectories(state);
    List<Path> left;
    try (var folders = Files.list(state)) {
      left = folders.filter(folder -> isLeft(folder, isAlive)).toList();
    }
    for (Path folder : left) {
      deleteUnlessWrittenTo(folder);
    }
    return new RunFolder(Files.createDirectories(state.resolve(BEGIN + pid)));
  }

  private static boolean isLeft(Path folder, LongPredicate isAlive) {
    String name = folder.getFileName().toString();
    if (!name.startsWith(BEGIN)) {
      return false;
    }
    String owner = name.substring(BEGIN.length());
    return !owner.matches("\\d{1,18}") || !isAlive.test(Long.parseLong(owner));
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    delete(path);
  }

  /// A killed run's broker lives a moment longer than the run: then it is left to the run after
  /// this.
  private static void deleteUnlessWrittenTo(Path folder) {
    try {
      delete(folder);
    } catch (IOException | UncheckedIOException e) {
      System.err.printf("%s is left for the next run to delete: %s%n", folder, e);
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
