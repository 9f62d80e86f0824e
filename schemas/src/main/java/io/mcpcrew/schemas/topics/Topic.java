package io.mcpcrew.schemas.topics;

import io.mcpcrew.schemas.wire.CrewSerde;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A topic as it is installed, owned and read.
///
/// @param writers who may write, its owner first
/// @param decidesTime true where the broker's time of arrival is what timers are measured by
public record Topic<T>(
    String name,
    Class<T> valueType,
    Keying keying,
    List<Role> writers,
    List<Role> readers,
    Retention retention,
    boolean decidesTime) {

  /// How a record finds its partition.
  public enum Keying {
    /// By the account of the key: an account's order holds.
    BY_ACCOUNT,
    /// By the whole key: one account's records spread over all partitions.
    BY_WHOLE_KEY,
    /// The writer names the partition.
    BY_PARTITION
  }

  /// Who writes and reads. The role of a service, not an instance of it.
  public enum Role {
    INGEST,
    CONNECT,
    INTENT_STREAM,
    CREW_WORKERS,
    TOOL_REGISTRY,
    KNOWLEDGE_STREAM,
    MCP_CONNECTORS,
    PRIVACY,
    OPERATOR,
    EVERY_SERVICE;

    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// How long a topic keeps what it holds, and why so long.
  public sealed interface Retention {
    String because();

    /// Everything for a time.
    record For(Duration time, String because) implements Retention {}

    /// The newest record of each key, for ever.
    record NewestOfKey(String because) implements Retention {}
  }

  public Topic {
    writers = List.copyOf(writers);
    readers = List.copyOf(readers);
  }

  public CrewSerde<T> serde() {
    return new CrewSerde<>(this);
  }

  /// Where records go that cannot be processed.
  public String parkedName() {
    return name + ".parked";
  }

  /// The broker's settings of the topic.
  public Map<String, String> brokerSettings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("max.message.bytes", Integer.toString(2 * CrewSerde.LARGEST_RECORD));
    switch (retention) {
      case Retention.For time ->
          settings.put("retention.ms", Long.toString(time.time().toMillis()));
      case Retention.NewestOfKey _ -> settings.put("cleanup.policy", "compact");
    }
    if (decidesTime) {
      settings.put("message.timestamp.type", "LogAppendTime");
    }
    return settings;
  }
}
