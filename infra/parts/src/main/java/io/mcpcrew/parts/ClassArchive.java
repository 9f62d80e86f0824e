package io.mcpcrew.parts;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The loaded classes of a Java program, kept in a folder: written when it first ends in order,
/// which takes a second, and worth half the time of every later start. Several programs may share a
/// folder: each looks at an archive's checksum before it takes it.
///
/// The JVM checks what it reads and does without an archive that is broken, but it never replaces
/// one that was made from other jars. So the name tells the jars, and archives of others are
/// deleted.
public record ClassArchive(Path folder, String classPath) {
  private static final String PREFIX = "classes-";
  private static final String SUFFIX = ".jsa";

  /// In the one place for programs that tests start again and again, by name.
  public static ClassArchive ofTests(String program, String classPath) throws IOException {
    return new ClassArchive(Files.createDirectories(PartsHome.find().archives(program)), classPath);
  }

  /// None where a class path has folders: the JVM makes no archive of what may change in them.
  public List<String> flags() throws IOException {
    if (entries().anyMatch(File::isDirectory)) {
      return List.of();
    }
    Path archive = folder.resolve(PREFIX + fingerprint() + SUFFIX);
    deleteAllBut(archive);
    return List.of(
        "-XX:+AutoCreateSharedArchive",
        "-XX:+VerifySharedSpaces",
        "-Xlog:cds*=off",
        "-Xlog:aot*=off",
        "-XX:SharedArchiveFile=" + archive);
  }

  private String fingerprint() {
    return Integer.toHexString(
        entries()
            .map(jar -> jar + " " + jar.length() + " " + jar.lastModified())
            .toList()
            .hashCode());
  }

  private Stream<File> entries() {
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(classPath)
        .map(File::new);
  }

  private void deleteAllBut(Path archive) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(ClassArchive::isOne).toList()) {
        if (!file.equals(archive)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static boolean isOne(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
  }
}
