package io.mcpcrew.parts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// How much of the machine the parts may take. It decides heaps and how far the JIT goes, and what
/// must be there before anything is started.
public enum Sizing {
  /// Quick to start and small. Not for measuring: the broker runs with the first compiler only.
  TEST("-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1", false, 700, 300),
  /// For a person's machine and for benchmarks.
  LAPTOP("-Xmx1g", true, 1_500, 2_000);

  private final String brokerFlags;
  private final boolean startedAgain;
  private final int memoryMegabytes;
  private final int diskMegabytes;

  Sizing(String brokerFlags, boolean startedAgain, int memoryMegabytes, int diskMegabytes) {
    this.brokerFlags = brokerFlags;
    this.startedAgain = startedAgain;
    this.memoryMegabytes = memoryMegabytes;
    this.diskMegabytes = diskMegabytes;
  }

  List<String> brokerFlags() {
    return List.of(brokerFlags.split(" ", -1));
  }

  /// The flags of a Java part that lives in `folder`; one that is started again and again keeps an
  /// archive of its classes.
  List<String> flags(List<String> own, Path folder, String classPath) throws IOException {
    return startedAgain
        ? Stream.of(own, new ClassArchive(folder, classPath).flags()).flatMap(List::stream).toList()
        : own;
  }

  int memoryMegabytes() {
    return memoryMegabytes;
  }

  int diskMegabytes() {
    return diskMegabytes;
  }
}
