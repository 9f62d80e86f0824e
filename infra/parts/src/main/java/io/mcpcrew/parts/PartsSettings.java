package io.mcpcrew.parts;

import java.nio.file.Path;

/// What is started and where.
///
/// Each part has its own folder below `dataDir` and keeps its data there; started on the same
/// folder again it goes on where it stopped. `partitions` is what a topic gets that does not ask
/// for a number. The broker is always started, the others as the flags say.
public record PartsSettings(
    Path dataDir,
    Ports ports,
    int partitions,
    boolean redis,
    boolean mongo,
    boolean registry,
    Sizing sizing) {

  private static final int PARTITIONS = 6;

  public PartsSettings {
    dataDir = dataDir.toAbsolutePath().normalize();
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "A topic has at least one partition, so partitions cannot be " + partitions + ".");
    }
  }

  /// Free ports, small and quick to start; no registry, which takes longest and few tests need.
  public static PartsSettings forTests(Path dataDir) {
    return new PartsSettings(dataDir, Ports.free(), PARTITIONS, true, true, false, Sizing.TEST);
  }

  /// Everything, on six ports from `firstPort`.
  public static PartsSettings forLaptop(Path dataDir, int firstPort) {
    return new PartsSettings(
        dataDir, Ports.from(firstPort), PARTITIONS, true, true, true, Sizing.LAPTOP);
  }

  public PartsSettings withPorts(Ports changed) {
    return new PartsSettings(dataDir, changed, partitions, redis, mongo, registry, sizing);
  }

  public PartsSettings withPartitions(int changed) {
    return new PartsSettings(dataDir, ports, changed, redis, mongo, registry, sizing);
  }

  public PartsSettings withRedis(boolean changed) {
    return new PartsSettings(dataDir, ports, partitions, changed, mongo, registry, sizing);
  }

  public PartsSettings withMongo(boolean changed) {
    return new PartsSettings(dataDir, ports, partitions, redis, changed, registry, sizing);
  }

  public PartsSettings withRegistry(boolean changed) {
    return new PartsSettings(dataDir, ports, partitions, redis, mongo, changed, sizing);
  }

  public PartsSettings withSizing(Sizing changed) {
    return new PartsSettings(dataDir, ports, partitions, redis, mongo, registry, changed);
  }
}
