package io.mcpcrew.schemas.topics;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/// Which partition a key belongs to. Plain arithmetic, so that Connect plug-ins and other languages
/// can do the same; `partition-vectors.csv` beside the schemas holds the expected answers.
public final class Partitions {
  private Partitions() {}

  /// murmur2 over the account's UTF-8 bytes, its sign bit cleared, modulo the number of partitions.
  /// The account is what stands before the first `/`, or the whole key.
  public static int ofAccount(String key, int partitions) {
    int slash = key.indexOf('/');
    return ofWholeKey(slash < 0 ? key : key.substring(0, slash), partitions);
  }

  /// The same over the whole key; what Kafka's own partitioner does with a string key.
  public static int ofWholeKey(String key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
  }

  public static int of(Topic<?> topic, String key, int partitions) {
    return switch (topic.keying()) {
      case BY_ACCOUNT -> ofAccount(key, partitions);
      case BY_WHOLE_KEY -> ofWholeKey(key, partitions);
      case BY_PARTITION ->
          throw new IllegalArgumentException(topic.name() + " is written to by partition");
    };
  }
}
