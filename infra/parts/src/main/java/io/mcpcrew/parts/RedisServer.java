package io.mcpcrew.parts;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// The machine's own `redis-server`, or the one from the embedded-redis jar where there is none. It
/// appends every change to a file, so that it also comes back after a kill.
public final class RedisServer extends Part {
  private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final String PONG = "+PONG";
  private static final int ANSWER_MILLIS = 500;

  private final RedisProgram program;
  private final int port;

  RedisServer(PartsSettings settings) {
    super("Redis", settings.dataDir().resolve("redis"));
    this.program = new RedisProgram(System.getenv("PATH"));
    this.port = Loopback.portOrFree(settings.ports().redis());
  }

  /// Only Redis, without its neighbours; returns when it answers.
  public static RedisServer start(PartsSettings settings) {
    return started(new RedisServer(settings));
  }

  @Override
  public String address() {
    return "redis://" + Loopback.HOST + ":" + port;
  }

  @Override
  List<Integer> ports() {
    return List.of(port);
  }

  @Override
  List<String> command() throws IOException {
    return List.of(
        program.findOrUnpack(folder()).toString(),
        "--port",
        Integer.toString(port),
        "--bind",
        Loopback.HOST,
        "--dir",
        folder().toString(),
        "--daemonize",
        "no",
        "--save",
        "",
        "--appendonly",
        "yes",
        "--appendfsync",
        "everysec");
  }

  @Override
  boolean answers() {
    try (var socket = new Socket()) {
      socket.connect(Loopback.address(port), ANSWER_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.getOutputStream().write(PING);
      byte[] answer = socket.getInputStream().readNBytes(PONG.length());
      return PONG.equals(new String(answer, StandardCharsets.US_ASCII));
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  Duration patience() {
    return Duration.ofSeconds(30);
  }
}
