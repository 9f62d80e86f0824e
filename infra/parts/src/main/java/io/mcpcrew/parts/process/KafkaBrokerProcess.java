package io.mcpcrew.parts.process;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/// Runs the broker until the process is asked to end.
public final class KafkaBrokerProcess {

  private KafkaBrokerProcess() {}

  public static void main(String[] args) throws Exception {
    Path logDirectory = Path.of(args[0]);
    Map<String, String> config =
        BrokerConfig.of(
            args[0],
            Integer.parseInt(args[1]),
            Integer.parseInt(args[2]),
            Integer.parseInt(args[3]));
    try {
      format(logDirectory);
      run(config, Path.of(args[4]));
    } catch (Exception e) {
      e.printStackTrace();
      // The broker's own threads would keep the process alive.
      Runtime.getRuntime().halt(1);
    }
  }

  private static void format(Path logDirectory) throws Exception {
    Files.createDirectories(logDirectory);
    if (Files.exists(logDirectory.resolve("meta.properties"))) {
      return;
    }
    new Formatter()
        .setPrintStream(new PrintStream(System.out, true, StandardCharsets.UTF_8))
        .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
        .setNodeId(Integer.parseInt(BrokerConfig.NODE_ID))
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName(BrokerConfig.CONTROLLER_LISTENER)
        .setMetadataLogDirectory(logDirectory.toString())
        .addDirectory(logDirectory.toString())
        .setIgnoreFormatted(true)
        .run();
  }

  private static void run(Map<String, String> config, Path readyFile) throws Exception {
    var server = new KafkaRaftServer(KafkaConfig.apply(config, false), Time.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "stop-broker"));
    server.startup();
    Files.writeString(readyFile, Long.toString(ProcessHandle.current().pid()));
    server.awaitShutdown();
  }
}
