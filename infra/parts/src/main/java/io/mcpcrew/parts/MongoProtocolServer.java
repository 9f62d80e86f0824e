package io.mcpcrew.parts;

import io.mcpcrew.parts.process.MongoServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// A server that speaks MongoDB's protocol and keeps its data in one file. It is not MongoDB: what
/// works in both is the subset that the README of this module names.
public final class MongoProtocolServer extends Part {
  private static final List<String> FLAGS = List.of("-Xmx256m", "-XX:+UseSerialGC");

  private final PartsHome home;
  private final Sizing sizing;
  private final int port;
  private final ReadyFile ready;

  MongoProtocolServer(PartsSettings settings) {
    super("MongoDB-protocol server", settings.dataDir().resolve("mongo"));
    this.home = PartsHome.find();
    this.sizing = settings.sizing();
    this.port = Loopback.portOrFree(settings.ports().mongo());
    this.ready = ReadyFile.in(folder());
  }

  /// Only this server, without its neighbours; returns when it answers.
  public static MongoProtocolServer start(PartsSettings settings) {
    return started(new MongoProtocolServer(settings));
  }

  @Override
  public String address() {
    return "mongodb://" + Loopback.HOST + ":" + port;
  }

  @Override
  List<Integer> ports() {
    return List.of(port);
  }

  @Override
  List<String> command() throws IOException {
    ready.forget();
    return JavaProgram.ofMain(
        MongoServerProcess.class.getName(),
        home.classPath(),
        sizing.flags(FLAGS, folder(), home),
        List.of(
            folder().resolve("data.mv").toString(),
            Integer.toString(port),
            ready.path().toString()));
  }

  @Override
  boolean answers() {
    return ready.isThere();
  }

  @Override
  Duration patience() {
    return Duration.ofSeconds(60);
  }
}
