package io.mcpcrew.parts.process;

import java.util.Map;
import java.util.TreeMap;

/// What the broker is told. The reasons are beside the settings; the values that make it quick were
/// measured.
final class BrokerConfig {
  static final String NODE_ID = "1";
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private static final Map<String, String> ONE_NODE =
      Map.ofEntries(
          Map.entry("process.roles", "broker,controller"),
          Map.entry("node.id", NODE_ID),
          Map.entry("controller.listener.names", CONTROLLER_LISTENER),
          Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
          Map.entry("default.replication.factor", "1"),
          Map.entry("min.insync.replicas", "1"),
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("share.coordinator.state.topic.replication.factor", "1"),
          Map.entry("share.coordinator.state.topic.min.isr", "1"),
          // Topics are made from the catalogue; a misspelt name is an error, not a new topic.
          Map.entry("auto.create.topics.enable", "false"));

  private static final Map<String, String> QUICK =
      Map.ofEntries(
          Map.entry("offsets.topic.num.partitions", "4"),
          Map.entry("transaction.state.log.num.partitions", "4"),
          Map.entry("share.coordinator.state.topic.num.partitions", "4"),
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          Map.entry("group.streams.initial.rebalance.delay.ms", "0"),
          Map.entry("group.consumer.assignment.interval.ms", "0"),
          Map.entry("group.share.assignment.interval.ms", "0"),
          Map.entry("group.streams.assignment.interval.ms", "0"),
          // How often the broker looks for transactions whose time is over; 10 s by default.
          Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
          Map.entry("controller.quorum.append.linger.ms", "1"),
          Map.entry("broker.heartbeat.interval.ms", "200"),
          // After a kill the controller takes the broker back only when its old session is over.
          Map.entry("broker.session.timeout.ms", "3000"),
          // The default buffer alone is 128 MB of heap.
          Map.entry("log.cleaner.dedupe.buffer.size", "16777216"));

  private BrokerConfig() {}

  static Map<String, String> of(String logDirectory, int port, int controllerPort, int partitions) {
    Map<String, String> config = new TreeMap<>(ONE_NODE);
    config.putAll(QUICK);
    config.put("log.dirs", logDirectory);
    config.put("num.partitions", Integer.toString(partitions));
    config.put("listeners", listener("PLAINTEXT", port) + "," + controller(controllerPort));
    config.put("advertised.listeners", listener("PLAINTEXT", port));
    // A fixed voter rather than one kept on the disk, so that the data may be opened on other
    // ports.
    config.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
    return config;
  }

  private static String controller(int port) {
    return listener(CONTROLLER_LISTENER, port);
  }

  private static String listener(String name, int port) {
    return name + "://127.0.0.1:" + port;
  }
}
