package io.mcpcrew.mcp;

import io.mcpcrew.parts.NodePackages;
import io.mcpcrew.parts.NodePackages.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// The foreign programs that `src/test/conformance` declares.
final class NodePrograms {
  private static final NodePackages PACKAGES =
      new NodePackages(Path.of("src", "test", "conformance"), Path.of("..", ".crew", "node"));

  private NodePrograms() {}

  static void install() throws IOException, InterruptedException {
    PACKAGES.install();
  }

  /// @param suite its package
  static Ended conformance(Path folder, String suite, String... arguments)
      throws IOException, InterruptedException {
    return node(folder, PACKAGES.file(suite).resolve("dist/index.js"), arguments);
  }

  static Ended inspector(Path folder, String... arguments)
      throws IOException, InterruptedException {
    return node(
        folder,
        PACKAGES.file("@modelcontextprotocol/inspector/clients/launcher/build/index.js"),
        arguments);
  }

  /// The official TypeScript client; see `client.mjs`.
  static Ended client(Path folder, String... arguments) throws IOException, InterruptedException {
    return node(folder, PACKAGES.ours("client.mjs"), arguments);
  }

  /// What a program keeps between runs, it keeps in the test's folder.
  private static Ended node(Path folder, Path program, String... arguments)
      throws IOException, InterruptedException {
    return PACKAGES.node(
        folder,
        Map.of("MCP_CATALOG_PATH", folder.resolve("catalog.json").toString()),
        program,
        arguments);
  }
}
