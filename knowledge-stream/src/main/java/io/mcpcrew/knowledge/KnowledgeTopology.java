package io.mcpcrew.knowledge;

import io.mcpcrew.schemas.topics.AccountPartitioner;
import io.mcpcrew.schemas.topics.Topic;
import io.mcpcrew.schemas.topics.Topics;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/// observations → memory → knowledge, disputes, and what is parked.
///
/// Values are bytes from source to sink: the processor decodes, so that what cannot be read is
/// parked, and encodes, so that what is too large is known before a store is touched. All topics
/// are partitioned by account, so an account's memory is in one place and no other account's is
/// there under its keys.
final class KnowledgeTopology {
  static final String ITEMS = "items";
  static final String EXPIRIES = "expiries";

  private static final String PROCESSOR = "memory";

  /// Changelogs are compacted often, so that a restart restores what is held and not its history.
  private static final Map<String, String> CHANGELOG =
      Map.of("segment.ms", "3600000", "min.cleanable.dirty.ratio", "0.1");

  private KnowledgeTopology() {}

  static Topology build(Supplier<KnowledgeProcessor> memory) {
    var topology = new Topology();
    read(topology, Topics.OBSERVED);

    topology.addProcessor(PROCESSOR, memory::get, sourceOf(Topics.OBSERVED));
    store(topology, ITEMS);
    store(topology, EXPIRIES);

    write(topology, Topics.KNOWLEDGE);
    write(topology, Topics.DISPUTES);
    write(topology, Topics.parkedOf(Topics.OBSERVED));
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

  private static void store(Topology topology, String name) {
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
            .withLoggingEnabled(CHANGELOG),
        PROCESSOR);
  }

  private static void write(Topology topology, Topic<?> topic) {
    topology.addSink(
        sinkOf(topic),
        topic.name(),
        new StringSerializer(),
        new ByteArraySerializer(),
        new AccountPartitioner<>(),
        PROCESSOR);
  }
}
