package io.mcpcrew.intent;

import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/// A store as a task has it, without the task.
final class TestStore implements AutoCloseable {
  private final TopologyTestDriver driver;

  TestStore(Path folder) {
    var topology = new Topology();
    topology.addSource("in", new StringDeserializer(), new StringDeserializer(), "in");
    topology.addProcessor("nothing", Nothing::new, "in");
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore("store"), Serdes.String(), Serdes.ByteArray()),
        "nothing");
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test-store");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    driver = new TopologyTestDriver(topology, properties);
  }

  KeyValueStore<String, byte[]> store() {
    return driver.getKeyValueStore("store");
  }

  @Override
  public void close() {
    driver.close();
  }

  private static final class Nothing implements Processor<String, String, Void, Void> {
    @Override
    public void process(Record<String, String> entry) {}
  }
}
