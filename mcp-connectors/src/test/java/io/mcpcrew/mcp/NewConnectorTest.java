package io.mcpcrew.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpcrew.mcp.scaffold.NewConnector;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `./crew new connector` writes is compiled and tried as it is.
@Tag("slow")
class NewConnectorTest {
  private static final Path MODULE =
      Path.of(System.getProperty("mcpcrew.root"), "mcp-connectors").toAbsolutePath();
  private static final String CLASSES =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  /// As much of a checkout as it touches.
  private static Path checkout(Path folder) throws IOException {
    for (String path :
        List.of(
            "README.md",
            "docs/tools.md",
            "src/main/java/io/mcpcrew/mcp/package-info.java",
            "src/main/resources/META-INF/services/io.mcpcrew.mcp.shell.ConnectorProvider")) {
      Path copy = folder.resolve("mcp-connectors").resolve(path);
      Files.createDirectories(copy.getParent());
      Files.copy(MODULE.resolve(path), copy);
    }
    return folder;
  }

  @Test
  @Timeout(120)
  void it_passes_its_tests_at_once_and_is_short(@TempDir Path folder) throws Exception {
    Path root = checkout(folder);

    List<String> written = new NewConnector(root, "frete").write();

    List<Path> java =
        written.stream().filter(file -> file.endsWith(".java")).map(root::resolve).toList();
    int lines = 0;
    for (Path file : java) {
      lines += Files.readAllLines(file).size();
    }
    assertThat(java).hasSize(3);
    assertThat(lines).isLessThan(150);
    Path classes = compiled(root, java);
    assertThat(run(root, classes, "FreteContractTest", "ToolTableTest")).isEqualTo("passed");
    assertThat(Files.readString(root.resolve("mcp-connectors/README.md")))
        .contains("- [`frete`](src/main/java/io/mcpcrew/mcp/frete)");
  }

  private static Path compiled(Path root, List<Path> java) throws IOException {
    Path classes = Files.createDirectories(root.resolve("classes"));
    Path services = classes.resolve("META-INF/services/io.mcpcrew.mcp.shell.ConnectorProvider");
    Files.createDirectories(services.getParent());
    Files.copy(
        root.resolve(
            "mcp-connectors/src/main/resources/META-INF/services/io.mcpcrew.mcp.shell.ConnectorProvider"),
        services);
    List<String> arguments =
        new ArrayList<>(List.of("-proc:none", "-Werror", "-cp", CLASSES, "-d", classes.toString()));
    java.forEach(file -> arguments.add(file.toString()));
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(result).isZero();
    return classes;
  }

  /// In a process of its own, in which the new connector is on the class path.
  private static String run(Path root, Path classes, String... tests) throws Exception {
    Path output = root.resolve("output.txt");
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin/java").toString(),
                    "-Dmcpcrew.root=" + root,
                    "-cp",
                    classes + File.pathSeparator + CLASSES,
                    TestsInAProcess.class.getName()),
                Stream.of(tests).map(test -> "io.mcpcrew.mcp." + test))
            .toList();
    Process process =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(100, TimeUnit.SECONDS)).as(Files.readString(output)).isTrue();
      return process.exitValue() == 0 ? "passed" : Files.readString(output);
    } finally {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Frete", "f", "my-system", "../odoo", "new", "muchtoolongforaname"})
  void a_name_that_cannot_be_is_told(String name, @TempDir Path folder) throws IOException {
    Path root = checkout(folder);

    assertThatThrownBy(() -> new NewConnector(root, name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("such as frete");
  }

  @Test
  void what_is_there_already_is_left_alone(@TempDir Path folder) throws IOException {
    Path root = checkout(folder);
    new NewConnector(root, "frete").write();

    assertThatThrownBy(() -> new NewConnector(root, "frete"))
        .hasMessageContaining("choose another name");
  }

  @Test
  void outside_of_a_checkout_nothing_is_written(@TempDir Path folder) {
    assertThatThrownBy(() -> new NewConnector(folder, "frete")).hasMessageContaining("no checkout");
    assertThat(folder).isEmptyDirectory();
  }
}
