package io.mcpcrew.runtime.kafka;

import java.util.Locale;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where the log is.
///
/// @param bootstrapServers `host:port`, several joined by commas
/// @param partitions of every topic; a service refuses to start when an installed topic has another
///   number
/// @param replication 1 on a laptop, 3 in a cluster
/// @param compression of what is written: a few small records at a time take more of a processor to
///   compress than they save, so it pays where networks or disks are what is short
/// @param instance a name that this process keeps when it is started again, as a pod of a
///   StatefulSet does, and no other has: what it worked on waits some seconds for it instead of
///   being shared anew, twice. Without one it is shared anew
public record KafkaSettings(
    @DefaultValue("localhost:9092") String bootstrapServers,
    @DefaultValue("6") int partitions,
    @DefaultValue("1") short replication,
    @DefaultValue("none") Compression compression,
    @DefaultValue("") String instance) {

  /// What producers can do with a batch.
  public enum Compression {
    NONE,
    LZ4,
    ZSTD,
    SNAPPY,
    GZIP;

    /// As clients call it.
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @ConstructorBinding
  public KafkaSettings {
    if (partitions < 1) {
      throw new IllegalArgumentException("platform.kafka.partitions must be at least 1");
    }
  }

  /// Without compression and name.
  public KafkaSettings(String bootstrapServers, int partitions, short replication) {
    this(bootstrapServers, partitions, replication, Compression.NONE, "");
  }
}
