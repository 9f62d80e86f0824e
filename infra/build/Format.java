import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Checks or applies google-java-format over every Java file of the tree. Run by the root build in
/// a JVM of its own, because the formatter needs a newer Java than the one that Maven may have been
/// started by. What was found tidy is remembered by the hash of its content and the formatter's
/// version, so that only what changed is formatted again.
final class Format {
  private static final String REMEMBERED = "target/formatted";
  private static final Set<String> NOT_OURS = Set.of("target", ".git", ".crew", "node_modules");

  private final Formatter formatter = new Formatter();
  private final boolean apply;
  private final String version;
  private final Set<String> known;
  private final Set<String> tidy = ConcurrentHashMap.newKeySet();

  private Format(boolean apply, String version, Set<String> known) {
    this.apply = apply;
    this.version = version;
    this.known = known;
  }

  public static void main(String[] args) throws Exception {
    boolean apply = args[0].equals("apply");
    Path root = Path.of(args[1]);
    Path remembered = root.resolve(REMEMBERED);
    Set<String> known =
        Files.exists(remembered) ? new HashSet<>(Files.readAllLines(remembered)) : Set.of();
    var format = new Format(apply, args[2], known);
    List<String> changed =
        javaFiles(root).parallelStream()
            .filter(format::isMended)
            .map(file -> root.relativize(file).toString())
            .sorted()
            .toList();
    if (!format.tidy.equals(known)) {
      Files.createDirectories(remembered.getParent());
      Files.write(remembered, format.tidy.stream().sorted().toList());
    }
    if (apply) {
      System.out.println("Formatted " + changed.size() + " file(s).");
    } else if (!changed.isEmpty()) {
      System.err.println("Not formatted: " + String.join(", ", changed));
      System.err.println("Run ./crew format to mend them.");
      System.exit(1);
    }
  }

  private boolean isMended(Path file) {
    try {
      String before = Files.readString(file);
      String hash = hash(before);
      if (known.contains(hash)) {
        tidy.add(hash);
        return false;
      }
      String ordered =
          ImportOrderer.reorderImports(
              RemoveUnusedImports.removeUnusedImports(before), Style.GOOGLE);
      String after = formatter.formatSource(ordered);
      if (before.equals(after)) {
        tidy.add(hash);
        return false;
      }
      if (apply) {
        Files.writeString(file, after);
        tidy.add(hash(after));
      }
      return true;
    } catch (Exception e) {
      throw new IllegalStateException("Cannot format " + file + ": " + e.getMessage(), e);
    }
  }

  private String hash(String source) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    digest.update(version.getBytes(UTF_8));
    return HexFormat.of().formatHex(digest.digest(source.getBytes(UTF_8)));
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
