package io.mcpcrew.parts;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// The file that takes everything a part prints. It goes on over restarts; when it has grown past
/// ten megabytes, the next start puts it aside and begins a new one.
record LogFile(Path path) {
  private static final long LARGE = 10_000_000;
  private static final int TAIL_BYTES = 60_000;

  /// Makes room if need be; where the next run will begin.
  long begin() throws IOException {
    if (Files.exists(path) && Files.size(path) > LARGE) {
      Files.move(
          path,
          path.resolveSibling(path.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    return Files.exists(path) ? Files.size(path) : 0;
  }

  /// The last lines printed since `begin`, oldest first.
  List<String> linesSince(long begin) {
    try (var file = new RandomAccessFile(path.toFile(), "r")) {
      long from = Math.max(begin, file.length() - TAIL_BYTES);
      byte[] tail = new byte[Math.toIntExact(Math.max(0, file.length() - from))];
      file.seek(from);
      file.readFully(tail);
      return new String(tail, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException _) {
      return List.of();
    }
  }
}
