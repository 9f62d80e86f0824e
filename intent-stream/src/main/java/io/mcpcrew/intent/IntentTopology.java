package io.mcpcrew.intent;

import io.mcpcrew.schemas.topics.AccountPartitioner;
import io.mcpcrew.schemas.topics.Partitions;
import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.topics.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.Stores;

/// messages, work, decisions, deliveries, ticks → conversation → turns, replies, transitions,
/// control, observations, audit, fences in work, and ticks again.
///
/// Values are bytes from source to sink: the processor decodes, so that what cannot be read is
/// parked, and encodes, so that what is too large is known before a store is touched.
final class IntentTopology {
  /// Everything that a task keeps.
  static final String STORE = "conversations";

  static final List<Topic<?>> INPUTS =
      List.of(Topics.MESSAGES, Topics.WORK, Topics.DECISIONS, Topics.DELIVERIES, Topics.TICKS);

  private static final String PROCESSOR = "conversation";

  /// The changelog is compacted often, so that a restart restores states and not their history.
  private static final Map<String, String> CHANGELOG =
      Map.of("segment.ms", "3600000", "min.cleanable.dirty.ratio", "0.1");

  private IntentTopology() {}

  static Topology build(Supplier<ConversationProcessor> conversation) {
    var topology = new Topology();
    INPUTS.forEach(topic -> read(topology, topic));

    topology.addProcessor(
        PROCESSOR,
        conversation::get,
        INPUTS.stream().map(IntentTopology::sourceOf).toArray(String[]::new));
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
            .withLoggingEnabled(CHANGELOG),
        PROCESSOR);

    write(topology, Topics.WORK);
    write(topology, Topics.TURNS);
    write(topology, Topics.TURNS_URGENT);
    write(topology, Topics.REPLIES);
    write(topology, Topics.TRANSITIONS);
    write(topology, Topics.CONTROL);
    write(topology, Topics.OBSERVED);
    write(topology, Topics.AUDIT);
    write(topology, Topics.TICKS);
    for (Topic<?> parked :
        List.of(
            Topics.parkedOf(Topics.MESSAGES),
            Topics.parkedOf(Topics.WORK),
            Topics.parkedOf(Topics.DECISIONS),
            Topics.parkedOf(Topics.DELIVERIES))) {
      write(topology, parked);
    }
    return topology;
  }

  static String sinkOf(Topic<?> topic) {
    return "to-" + topic.name();
  }

  private static String sourceOf(Topic<?> topic) {
    return "from-" + topic.name();
  }

  private static void read(Topology topology, Topic<?> topic) {
    topology.addSource(
        sourceOf(topic), new StringDeserializer(), new ByteArrayDeserializer(), topic.name());
  }

  private static void write(Topology topology, Topic<?> topic) {
    topology.addSink(
        sinkOf(topic),
        topic.name(),
        new StringSerializer(),
        new ByteArraySerializer(),
        partitioner(topic),
        PROCESSOR);
  }

  private static StreamPartitioner<String, byte[]> partitioner(Topic<?> topic) {
    return switch (topic.keying()) {
      case BY_ACCOUNT -> new AccountPartitioner<>();
      case BY_WHOLE_KEY -> new WholeKeyPartitioner();
      case BY_PARTITION -> new NamedPartition();
    };
  }

  private static final class WholeKeyPartitioner implements StreamPartitioner<String, byte[]> {
    @Override
    public Optional<Set<Integer>> partitions(String topic, String key, byte[] value, int number) {
      return Optional.of(Set.of(Partitions.ofWholeKey(key, number)));
    }
  }

  /// A tick's key is the number of its partition.
  private static final class NamedPartition implements StreamPartitioner<String, byte[]> {
    @Override
    public Optional<Set<Integer>> partitions(String topic, String key, byte[] value, int number) {
      return Optional.of(Set.of(Integer.parseInt(key)));
    }
  }
}
