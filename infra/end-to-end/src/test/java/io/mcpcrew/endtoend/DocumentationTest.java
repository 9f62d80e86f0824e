package io.mcpcrew.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the words say is there.
class DocumentationTest {
  private static final Path ROOT = Path.of(System.getProperty("mcpcrew.root"));
  private static final Set<String> WITHOUT_PAGES =
      Set.of("target", ".crew", ".git", "node_modules");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");

  /// A path in backticks that names a file or folder of the house.
  private static final Pattern PATH =
      Pattern.compile(
          "`((?:schemas|ingest|intent-stream|crew-workers|tool-registry|knowledge-stream|mcp-connectors|infra|docs)/[A-Za-z0-9_./-]+)`");

  private static final Pattern HEADING = Pattern.compile("(?m)^#+\\s+(.*)$");
  private static final Pattern COMMAND = Pattern.compile("(?m)^\\s*(?:\\$ )?\\./crew ([a-z]+)");

  /// Folders that hold no pages of the house are not entered: in some of them files come and go.
  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return WITHOUT_PAGES.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".md")) {
              pages.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return pages;
  }

  @Test
  void every_link_leads_somewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        if (!leads(page, link.group(1))) {
          broken.add(ROOT.relativize(page) + ": " + link.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static boolean leads(Path page, String target) throws IOException {
    if (target.matches("(https?|mailto):.*")) {
      return true;
    }
    String[] parts = target.split("#", 2);
    Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    if (!Files.exists(file) || !file.startsWith(ROOT)) {
      return false;
    }
    return parts.length == 1 || anchors(file).contains(parts[1]);
  }

  private static List<String> anchors(Path file) throws IOException {
    return HEADING
        .matcher(Files.readString(file))
        .results()
        .map(heading ->
            heading
                .group(1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .strip()
                .replace(' ', '-'))
        .toList();
  }

  @Test
  void every_path_that_is_named_exists() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Path page : pages()) {
      Matcher path = PATH.matcher(Files.readString(page));
      while (path.find()) {
        String name = path.group(1);
        if (!Files.exists(ROOT.resolve(name)) && !name.contains("target/")) {
          missing.add(ROOT.relativize(page) + ": " + name);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void every_command_that_is_shown_is_one() throws IOException {
    String launcher = Files.readString(ROOT.resolve("crew"));
    List<String> unknown = new ArrayList<>();
    for (Path page : pages()) {
      Matcher command = COMMAND.matcher(Files.readString(page));
      while (command.find()) {
        String name = command.group(1);
        if (!launcher.contains("\n" + name + "|") && !launcher.contains("'" + name + "|")) {
          unknown.add(ROOT.relativize(page) + ": ./crew " + name);
        }
      }
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void the_two_commands_are_in_the_readme_and_in_the_portuguese_one() throws IOException {
    for (String page : List.of("README.md", "docs/LEIAME.md")) {
      assertThat(Files.readString(ROOT.resolve(page)))
          .as(page)
          .contains("./crew up")
          .contains("./crew test");
    }
  }

  @Test
  void no_page_names_a_machine() throws IOException {
    for (Path page : pages()) {
      assertThat(Files.readString(page))
          .as(page.toString())
          .doesNotContain("/home/", "/tmp/", "/Users/");
    }
  }
}
