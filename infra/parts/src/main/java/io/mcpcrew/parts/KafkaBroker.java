package io.mcpcrew.parts;

import io.mcpcrew.parts.process.KafkaBrokerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// One Kafka broker that is its own controller (KRaft), formatted on its first start.
public final class KafkaBroker extends Part {
  private final PartsHome home;
  private final Sizing sizing;
  private final int partitions;
  private final int port;
  private final int controllerPort;
  private final ReadyFile ready;

  KafkaBroker(PartsSettings settings) {
    super("Kafka broker", settings.dataDir().resolve("kafka"));
    this.home = PartsHome.find();
    this.sizing = settings.sizing();
    this.partitions = settings.partitions();
    this.port = Loopback.portOrFree(settings.ports().kafka());
    this.controllerPort = Loopback.portOrFree(settings.ports().kafkaController());
    this.ready = ReadyFile.in(folder());
  }

  /// Only the broker, without its neighbours; returns when it answers.
  public static KafkaBroker start(PartsSettings settings) {
    return started(new KafkaBroker(settings));
  }

  public String bootstrapServers() {
    return address();
  }

  @Override
  public String address() {
    return Loopback.HOST + ":" + port;
  }

  @Override
  List<Integer> ports() {
    return List.of(port, controllerPort);
  }

  @Override
  List<String> command() throws IOException {
    ready.forget();
    return JavaProgram.ofMain(
        KafkaBrokerProcess.class.getName(),
        home.classPath(),
        sizing.flags(sizing.brokerFlags(), folder(), home),
        List.of(
            folder().resolve("data").toString(),
            Integer.toString(port),
            Integer.toString(controllerPort),
            Integer.toString(partitions),
            ready.path().toString()));
  }

  @Override
  boolean answers() {
    return ready.isThere();
  }

  @Override
  Duration patience() {
    return Duration.ofSeconds(90);
  }
}
