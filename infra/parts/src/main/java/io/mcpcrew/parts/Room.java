package io.mcpcrew.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Whether the machine has enough disk and memory left, asked before anything is started: a broker
/// that runs out of either later is much harder to understand.
final class Room {
  private static final Path MEMINFO = Path.of("/proc/meminfo");

  private Room() {}

  static void check(Path dataDir, Sizing sizing) {
    checkDisk(dataDir, freeDiskMegabytes(dataDir), sizing.diskMegabytes());
    availableMemoryMegabytes(MEMINFO)
        .ifPresent(available -> checkMemory(available, sizing.memoryMegabytes()));
  }

  static void checkDisk(Path dataDir, long free, int needed) {
    if (free < needed) {
      throw new PartFailure(
          "Only "
              + free
              + " MB are free on the disk with "
              + dataDir
              + ", and the broker and its neighbours need "
              + needed
              + " MB. Make room and try again.");
    }
  }

  static void checkMemory(long available, int needed) {
    if (available < needed) {
      throw new PartFailure(
          "Only "
              + available
              + " MB of memory are available, and the broker and its neighbours need "
              + needed
              + " MB. Close other programs and try again.");
    }
  }

  /// What the system could hand out without swapping. Empty where it does not say, as on macOS.
  static OptionalLong availableMemoryMegabytes(Path meminfo) {
    if (!Files.isReadable(meminfo)) {
      return OptionalLong.empty();
    }
    try (Stream<String> lines = Files.lines(meminfo)) {
      return lines
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst();
    } catch (IOException _) {
      return OptionalLong.empty();
    }
  }

  private static long freeDiskMegabytes(Path dataDir) {
    return nearestExisting(dataDir).toFile().getUsableSpace() / 1_000_000;
  }

  private static Path nearestExisting(Path path) {
    return Files.exists(path)
        ? path
        : nearestExisting(Objects.requireNonNullElse(path.getParent(), Path.of("/")));
  }
}
