package io.mcpcrew.parts;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Programs of others on Node.js, for tests: in the very versions that a folder declares, installed
/// once and again when those change. The Node.js that they run on is one of them.
public final class NodePackages {
  /// For `@EnabledIf`.
  public static final String CAN_BE_INSTALLED = "io.mcpcrew.parts.NodePackages#canBeInstalled";

  public static final String WHAT_IS_MISSING =
      "there is no npm on the PATH; install Node.js 20 or newer with npm to run programs of others.";

  private static final List<String> FILES = List.of("package.json", "package-lock.json", ".npmrc");
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Path declared;
  private final Path installed;

  /// @param declared holds `package.json`, `package-lock.json` and `.npmrc`
  /// @param installed where they go, with what they name
  public NodePackages(Path declared, Path installed) {
    this.declared = declared.toAbsolutePath().normalize();
    this.installed = installed.toAbsolutePath().normalize();
  }

  /// What a program ended with.
  public record Ended(int code, String output) {}

  /// A program that runs until it is closed, or until we end.
  public interface Running extends AutoCloseable {
    boolean isAlive();

    @Override
    void close();
  }

  /// The sentence is also printed, so that `./crew test` can show it.
  public static boolean canBeInstalled() {
    boolean npm =
        Stream.of(searched().split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "npm")));
    if (!npm) {
      System.out.println("Skipped: " + WHAT_IS_MISSING);
    }
    return npm;
  }

  public synchronized void install() throws IOException, InterruptedException {
    Path done = installed.resolve("done");
    String wanted = Files.readString(declared.resolve("package-lock.json"));
    if (Files.exists(done) && Files.readString(done).equals(wanted)) {
      return;
    }
    Files.createDirectories(installed);
    for (String file : FILES) {
      Files.write(installed.resolve(file), Files.readAllBytes(declared.resolve(file)));
    }
    Ended npm =
        run(
            Duration.ofMinutes(4),
            installed,
            Map.of(),
            List.of("npm", "ci", "--no-audit", "--no-fund"));
    if (npm.code() != 0) {
      throw new IOException(
          "npm could not install what %s names:%n%s".formatted(declared, npm.output()));
    }
    Files.writeString(done, wanted);
  }

  /// A file of a package.
  public Path file(String inside) {
    return installed.resolve("node_modules").resolve(inside);
  }

  /// A program of ours, beside the packages, where Node.js looks for what it imports.
  public Path ours(String name) throws IOException {
    return Files.write(installed.resolve(name), Files.readAllBytes(declared.resolve(name)));
  }

  /// Runs a program to its end, two minutes at most; nothing that it started outlives it.
  ///
  /// @param environment in addition to ours
  public Ended node(Path folder, Map<String, String> environment, Path program, String... arguments)
      throws IOException, InterruptedException {
    Map<String, String> all = new HashMap<>(environment);
    all.put("PATH", node().getParent() + File.pathSeparator + searched());
    return run(Duration.ofMinutes(2), folder, all, command(program, arguments));
  }

  /// Starts a program that stays.
  public Running serve(Path log, Path program, String... arguments) throws IOException {
    var process = GuardedProcess.start(command(program, arguments), installed, log);
    return new Running() {
      @Override
      public boolean isAlive() {
        return process.isAlive();
      }

      @Override
      public void close() {
        process.stop(PATIENCE);
      }
    };
  }

  private Path node() {
    return file("node/bin/node");
  }

  private List<String> command(Path program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(node().toString(), program.toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static String searched() {
    return System.getenv().getOrDefault("PATH", "");
  }

  private static Ended run(
      Duration deadline, Path folder, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("node", ".log");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(
            "%s did not end in %s:%n%s".formatted(command, deadline, Files.readString(output)));
      }
      return new Ended(process.exitValue(), Files.readString(output));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Files.delete(output);
    }
  }
}
