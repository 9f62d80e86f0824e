package io.mcpcrew.parts;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// Which redis-server is run: the first on the path, or the one inside the embedded-redis jar.
record RedisProgram(@Nullable String searchPath) {
  private static final String NAME = "redis-server";

  Path findOrUnpack(Path folder) throws IOException {
    Optional<Path> installed = onPath();
    return installed.isPresent() ? installed.get() : unpack(folder, wanted());
  }

  Optional<Path> onPath() {
    return Arrays.stream(Objects.requireNonNullElse(searchPath, "").split(File.pathSeparator, -1))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, NAME))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// How the jar's entry for this machine ends, by its operating system and processor.
  private static String wanted() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch");
    return (system.contains("mac") ? "darwin" : "linux")
        + (processor.equals("aarch64") ? "-arm64" : "-amd64");
  }

  private static Path unpack(Path folder, String ending) throws IOException {
    try (var jar = new ZipFile(PartsHome.find().jar("embedded-redis").toFile())) {
      ZipEntry entry =
          jar.stream()
              .filter(e -> e.getName().startsWith(NAME) && e.getName().endsWith(ending))
              .map(ZipEntry.class::cast)
              .findFirst()
              .orElseThrow(() -> none(ending));
      return unpack(jar, entry, folder.resolve(entry.getName()));
    }
  }

  private static Path unpack(ZipFile jar, ZipEntry entry, Path program) throws IOException {
    try (InputStream bytes = jar.getInputStream(entry)) {
      Files.copy(bytes, program, StandardCopyOption.REPLACE_EXISTING);
    }
    if (!program.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + program + " executable");
    }
    return program;
  }

  private static PartFailure none(String ending) {
    return new PartFailure(
        "There is no redis-server on the PATH, and none comes with us for this machine ("
            + ending.substring(ending.indexOf('-') + 1)
            + "). Install Redis 6.2 or newer.");
  }
}
