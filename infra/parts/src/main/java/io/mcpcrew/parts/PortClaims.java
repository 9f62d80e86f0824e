package io.mcpcrew.parts;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Which ports this user's processes were given. A port that somebody has chosen is free until it
/// is bound, seconds later; without this, another process would choose it too. Each port is a byte
/// of one file, locked by whoever was given it; the system unlocks it when the process ends,
/// however it ends.
final class PortClaims {
  private static final Set<Integer> OURS = ConcurrentHashMap.newKeySet();
  private static final @Nullable FileChannel FILE = open();

  private PortClaims() {}

  /// Whether the port is ours now and was not before. It stays ours.
  static boolean claim(int port) {
    return OURS.add(port) && isNobodyElses(port);
  }

  private static boolean isNobodyElses(int port) {
    if (FILE == null) {
      return true;
    }
    try {
      return FILE.tryLock(port, 1, false) != null;
    } catch (OverlappingFileLockException _) {
      return false;
    } catch (IOException _) {
      // A file system without locks.
      return true;
    }
  }

  /// Null where there can be no such file; then only this process keeps its ports apart.
  private static @Nullable FileChannel open() {
    try {
      return FileChannel.open(
          Path.of(
              System.getProperty("java.io.tmpdir"),
              "mcp-crew-ports-" + System.getProperty("user.name")),
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE);
    } catch (IOException _) {
      return null;
    }
  }
}
