package io.mcpcrew.runtime.kafka;

import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where the log is.
///
/// @param bootstrapServers `host:port`, several joined by commas
/// @param partitions of every topic; a service refuses to start when an installed topic has another
///   number
/// @param replication 1 on a laptop, 3 in a cluster
public record KafkaSettings(
    @DefaultValue("localhost:9092") String bootstrapServers,
    @DefaultValue("6") int partitions,
    @DefaultValue("1") short replication) {

  public KafkaSettings {
    if (partitions < 1) {
      throw new IllegalArgumentException("platform.kafka.partitions must be at least 1");
    }
  }
}
