package io.mcpcrew.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The foreign programs on Node.js, in the very versions of `src/test/conformance`. They are
/// installed once, beside the checkout's other state, and again when those versions change.
final class NodePrograms {
  private static final Path DECLARED = Path.of("src", "test", "conformance").toAbsolutePath();
  private static final Path INSTALLED = Path.of("..", ".crew", "node").toAbsolutePath().normalize();
  private static final Path PACKAGES = INSTALLED.resolve("node_modules");
  private static final List<String> FILES = List.of("package.json", "package-lock.json", ".npmrc");

  static final String CAN_BE_INSTALLED = "io.mcpcrew.mcp.NodePrograms#canBeInstalled";
  static final String WHAT_IS_MISSING =
      "there is no npm on the PATH; install Node.js 20 or newer with npm to run programs of others.";

  private NodePrograms() {}

  /// What a program ended with.
  record Ended(int code, String output) {}

  /// For `@EnabledIf`. The sentence is also printed, so that `./crew test` can show it.
  static boolean canBeInstalled() {
    boolean npm =
        Stream.of(searched().split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "npm")));
    if (!npm) {
      System.out.println("Skipped: " + WHAT_IS_MISSING);
    }
    return npm;
  }

  static synchronized void install() throws IOException, InterruptedException {
    Path done = INSTALLED.resolve("done");
    String wanted = Files.readString(DECLARED.resolve("package-lock.json"));
    if (Files.exists(done) && Files.readString(done).equals(wanted)) {
      return;
    }
    Files.createDirectories(INSTALLED);
    for (String file : FILES) {
      Files.write(INSTALLED.resolve(file), Files.readAllBytes(DECLARED.resolve(file)));
    }
    Ended npm =
        run(
            Duration.ofMinutes(4),
            INSTALLED,
            Map.of(),
            List.of("npm", "ci", "--no-audit", "--no-fund"));
    assertThat(npm.code())
        .as("npm could not install what src/test/conformance names:%n%s", npm.output())
        .isZero();
    Files.writeString(done, wanted);
  }

  private static String searched() {
    return System.getenv().getOrDefault("PATH", "");
  }

  /// @param suite its package
  static Ended conformance(Path folder, String suite, String... arguments)
      throws IOException, InterruptedException {
    return node(folder, PACKAGES.resolve(suite).resolve("dist/index.js"), arguments);
  }

  static Ended inspector(Path folder, String... arguments)
      throws IOException, InterruptedException {
    return node(
        folder,
        PACKAGES.resolve("@modelcontextprotocol/inspector/clients/launcher/build/index.js"),
        arguments);
  }

  /// The official TypeScript client; see `client.mjs`.
  static Ended client(Path folder, String... arguments) throws IOException, InterruptedException {
    // Beside the packages, where Node.js looks for what it imports.
    Path program = Files.write(INSTALLED.resolve("client.mjs"), client());
    return node(folder, program, arguments);
  }

  private static byte[] client() throws IOException {
    return Files.readAllBytes(DECLARED.resolve("client.mjs"));
  }

  private static Ended node(Path folder, Path program, String... arguments)
      throws IOException, InterruptedException {
    Path node = PACKAGES.resolve("node/bin/node");
    String path = node.getParent() + File.pathSeparator + searched();
    return run(
        Duration.ofMinutes(2),
        folder,
        // What a program keeps between runs, it keeps in the test's folder.
        Map.of("MCP_CATALOG_PATH", folder.resolve("catalog.json").toString(), "PATH", path),
        Stream.concat(Stream.of(node.toString(), program.toString()), Stream.of(arguments))
            .toList());
  }

  /// Nothing that was started outlives this.
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
      boolean ended = process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
      String told = Files.readString(output);
      assertThat(ended).as("%s did not end in %s:%n%s", command, deadline, told).isTrue();
      return new Ended(process.exitValue(), told);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Files.delete(output);
    }
  }
}
