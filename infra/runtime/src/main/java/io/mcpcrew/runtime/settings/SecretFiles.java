package io.mcpcrew.runtime.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The files that secrets lie in, each read again only when it has changed: secrets are asked for
/// several times for each message.
final class SecretFiles {
  /// Within this time a file may be written twice and look the same.
  private static final Duration SETTLED = Duration.ofSeconds(2);

  private static final Map<Path, Read> READ = new ConcurrentHashMap<>();

  private SecretFiles() {}

  private record Read(FileTime written, long size, @Nullable Object file, String value) {
    boolean isOf(BasicFileAttributes now) {
      return written.equals(now.lastModifiedTime())
          && size == now.size()
          && (file == null || file.equals(now.fileKey()));
    }
  }

  static String read(Path file) throws IOException {
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    Read known = READ.get(file);
    if (known != null && known.isOf(now)) {
      return known.value();
    }
    String value = Files.readString(file, StandardCharsets.UTF_8).strip();
    if (now.lastModifiedTime().toInstant().isBefore(Instant.now().minus(SETTLED))) {
      READ.put(file, new Read(now.lastModifiedTime(), now.size(), now.fileKey(), value));
    } else {
      READ.remove(file);
    }
    return value;
  }
}
