import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Checks or applies google-java-format over every Java file of the tree. Run by the root build in
/// a JVM of its own, because the formatter needs a newer Java than the one that Maven may have been
/// started by.
final class Format {
  private static final Set<String> NOT_OURS = Set.of("target", ".git", ".crew", "node_modules");

  public static void main(String[] args) throws Exception {
    boolean apply = args[0].equals("apply");
    Path root = Path.of(args[1]);
    var formatter = new Formatter();
    List<String> changed =
        javaFiles(root).parallelStream()
            .filter(file -> isMended(formatter, file, apply))
            .map(file -> root.relativize(file).toString())
            .sorted()
            .toList();
    if (apply) {
      System.out.println("Formatted " + changed.size() + " file(s).");
    } else if (!changed.isEmpty()) {
      System.err.println("Not formatted: " + String.join(", ", changed));
      System.err.println("Run ./crew format to mend them.");
      System.exit(1);
    }
  }

  private static boolean isMended(Formatter formatter, Path file, boolean apply) {
    try {
      String before = Files.readString(file);
      String tidy =
          ImportOrderer.reorderImports(
              RemoveUnusedImports.removeUnusedImports(before), Style.GOOGLE);
      String after = formatter.formatSource(tidy);
      if (before.equals(after)) {
        return false;
      }
      if (apply) {
        Files.writeString(file, after);
      }
      return true;
    } catch (Exception e) {
      throw new IllegalStateException("Cannot format " + file + ": " + e.getMessage(), e);
    }
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            return NOT_OURS.contains(Objects.toString(dir.getFileName()))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }
}
