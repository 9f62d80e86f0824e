package io.mcpcrew.parts;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// How much of the machine the parts may take. It decides heaps and how far the JIT goes, and what
/// must be there before anything is started.
public enum Sizing {
  /// Quick to start and small. Not for measuring: the broker runs with the first compiler only.
  TEST("-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1", true, 700, 300),
  /// For a person's machine and for benchmarks.
  LAPTOP("-Xmx1g", false, 1_500, 2_000);

  /// How memory is kept: what is good for us on this system is good for the broker.
  private static final Set<String> SHARED =
      Set.of("-XX:+UseTransparentHugePages", "-XX:+UseCompactObjectHeaders");

  private final String brokerFlags;
  private final boolean foldersOfItsOwn;
  private final int memoryMegabytes;
  private final int diskMegabytes;

  Sizing(String brokerFlags, boolean foldersOfItsOwn, int memoryMegabytes, int diskMegabytes) {
    this.brokerFlags = brokerFlags;
    this.foldersOfItsOwn = foldersOfItsOwn;
    this.memoryMegabytes = memoryMegabytes;
    this.diskMegabytes = diskMegabytes;
  }

  List<String> brokerFlags() {
    return brokerFlags(ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  List<String> brokerFlags(List<String> ours) {
    return Stream.concat(
            Stream.of(brokerFlags.split(" ", -1)), ours.stream().filter(SHARED::contains))
        .toList();
  }

  /// The flags of a Java part that lives in `folder`. The archive of its classes lies there too,
  /// or, where every start has a new folder, in one place for all of them.
  List<String> flags(List<String> own, Path folder, PartsHome home) throws IOException {
    Path archives = foldersOfItsOwn ? home.archives(folder.getFileName().toString()) : folder;
    Files.createDirectories(archives);
    var archive = new ClassArchive(archives, home.classPath());
    return Stream.of(own, archive.flags()).flatMap(List::stream).toList();
  }

  int memoryMegabytes() {
    return memoryMegabytes;
  }

  int diskMegabytes() {
    return diskMegabytes;
  }
}
