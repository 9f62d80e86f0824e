package io.mcpcrew.schemas.topics;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/// Keeps an account's records in one partition, for producers and for Streams alike.
public final class AccountPartitioner<V> implements Partitioner, StreamPartitioner<String, V> {

  @Override
  public int partition(
      String topic,
      Object key,
      byte[] keyBytes,
      @Nullable Object value,
      byte @Nullable [] valueBytes,
      Cluster cluster) {
    return Partitions.ofAccount(
        new String(keyBytes, StandardCharsets.UTF_8), cluster.partitionCountForTopic(topic));
  }

  @Override
  public Optional<Set<Integer>> partitions(
      String topic, String key, @Nullable V value, int numPartitions) {
    return Optional.of(Set.of(Partitions.ofAccount(key, numPartitions)));
  }

  @Override
  public void configure(Map<String, ?> configs) {}

  @Override
  public void close() {}
}
