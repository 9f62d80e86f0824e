package io.mcpcrew.mcp.scaffold;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/// A connector that passes the contract at once, for somebody to make their own: a folder with its
/// tools, its contract test, a line in the module's README, its rows in the page of all tools, and
/// its name where connectors are found.
public final class NewConnector {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{1,15}");
  private static final String MAIN = "mcp-connectors/src/main/java/io/mcpcrew/mcp/";
  private static final String TEST = "mcp-connectors/src/test/java/io/mcpcrew/mcp/";
  private static final String FOUND =
      "mcp-connectors/src/main/resources/META-INF/services/io.mcpcrew.mcp.shell.ConnectorProvider";
  private static final String README = "mcp-connectors/README.md";
  private static final String TOOLS = "mcp-connectors/docs/tools.md";

  /// The line of the README below which connectors are listed.
  private static final String LISTED = "<!-- ./crew new connector adds its line here -->\n";

  private final Path root;
  private final String name;
  private final String title;

  /// @throws IllegalArgumentException with a sentence for the person who has typed the name
  public NewConnector(Path root, String name) {
    if (!NAME.matcher(name).matches() || SourceVersion.isKeyword(name)) {
      throw new IllegalArgumentException(
          "A connector's name is a word of 2 to 16 lower case letters and digits, such as frete; \"%s\" is not."
              .formatted(name));
    }
    if (!Files.isDirectory(root.resolve(MAIN))) {
      throw new IllegalArgumentException("%s is no checkout of MCP-Crew.".formatted(root));
    }
    if (Files.exists(root.resolve(MAIN + name))) {
      throw new IllegalArgumentException(
          "There is a folder %s%s already; choose another name.".formatted(MAIN, name));
    }
    this.root = root;
    this.name = name;
    this.title = Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /// Writes everything.
  ///
  /// @return what was written or added to, relative to the checkout
  public List<String> write() throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(MAIN + name + "/" + title + "Connector.java", filled("Connector.java.txt"));
    files.put(MAIN + name + "/package-info.java", filled("package-info.java.txt"));
    files.put(TEST + title + "ContractTest.java", filled("ContractTest.java.txt"));
    String provider = "io.mcpcrew.mcp.%s.%sConnector$Provider\n".formatted(name, title);
    files.put(FOUND, existing(FOUND) + provider);
    files.put(README, existing(README).replace(LISTED, filled("README.md.txt") + LISTED));
    files.put(TOOLS, withRows(existing(TOOLS)));
    for (var file : files.entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(path.getParent()));
      Files.writeString(path, file.getValue());
    }
    return new ArrayList<>(files.keySet());
  }

  /// Ours come first, then the others by name.
  private String withRows(String page) {
    String rows = filled("tools.md.txt");
    int at = page.indexOf("\n## chatwoot\n");
    do {
      at = page.indexOf("\n## ", at + 1);
    } while (at >= 0 && page.substring(at + 4).compareTo(name) < 0);
    return at < 0 ? page + rows : page.substring(0, at) + rows + page.substring(at);
  }

  private String existing(String path) throws IOException {
    Path file = root.resolve(path);
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private String filled(String template) {
    try (InputStream in =
        Objects.requireNonNull(NewConnector.class.getResourceAsStream(template), template)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("Xtitlex", title)
          .replace("xnamex", name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
