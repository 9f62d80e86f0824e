package io.mcpcrew.crew.publish;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// How far each partition is done without a gap, although its records are done in any order.
final class DonePrefix {
  private final Map<TopicPartition, TreeMap<Long, Boolean>> open = new HashMap<>();
  private final Map<TopicPartition, OffsetAndMetadata> ready = new HashMap<>();

  synchronized void begin(ConsumerRecord<String, byte[]> entry) {
    open.computeIfAbsent(place(entry), _ -> new TreeMap<>()).put(entry.offset(), false);
  }

  synchronized void end(ConsumerRecord<String, byte[]> entry) {
    TreeMap<Long, Boolean> offsets = open.get(place(entry));
    if (offsets == null || offsets.replace(entry.offset(), true) == null) {
      return;
    }
    while (!offsets.isEmpty() && offsets.firstEntry().getValue()) {
      long offset = offsets.pollFirstEntry().getKey();
      ready.put(place(entry), new OffsetAndMetadata(offset + 1));
    }
  }

  /// The positions to commit now, each once.
  synchronized Map<TopicPartition, OffsetAndMetadata> take() {
    Map<TopicPartition, OffsetAndMetadata> positions = Map.copyOf(ready);
    ready.clear();
    return positions;
  }

  synchronized int open() {
    return open.values().stream().mapToInt(TreeMap::size).sum();
  }

  /// A partition that another reads now is no business of ours.
  synchronized void forget(Collection<TopicPartition> lost) {
    lost.forEach(partition -> {
      open.remove(partition);
      ready.remove(partition);
    });
  }

  private static TopicPartition place(ConsumerRecord<String, byte[]> entry) {
    return new TopicPartition(entry.topic(), entry.partition());
  }
}
