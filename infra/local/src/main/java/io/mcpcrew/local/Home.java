package io.mcpcrew.local;

import java.nio.file.Path;

/// Where a checkout keeps what it runs with: `.crew/` below it.
public record Home(Path root) {

  public static Home ofProcess() {
    String root = System.getProperty("mcpcrew.root");
    return new Home(Path.of(root == null ? "" : root).toAbsolutePath().normalize());
  }

  public Path state() {
    return root.resolve(".crew");
  }

  /// All that `--fresh` deletes.
  public Path data() {
    return state().resolve("data");
  }

  Path running() {
    return state().resolve("running.json");
  }
}
