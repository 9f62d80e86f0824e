package io.mcpcrew.endtoend;

import io.mcpcrew.bench.ServiceProcess;
import io.mcpcrew.local.Platform;
import io.mcpcrew.parts.FreePort;
import io.mcpcrew.parts.PartsSettings;
import io.mcpcrew.parts.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Starts things for tests, on free ports.
final class Started {
  private Started() {}

  /// Everything, as `./crew up` starts it.
  static Platform platform(Path data) throws IOException {
    return Platform.start(
        new Platform.Plan(
            data, FreePort.next(), PartsSettings.forTests(data.resolve("parts")), Map.of()),
        Progress.silent());
  }

  /// One service in a process of its own, small, that will not live long.
  static ServiceProcess service(
      String name, Class<?> main, int port, Map<String, Object> settings, Path folder) {
    return process(name, main, port, settings, folder, List.of("-XX:TieredStopAtLevel=1"));
  }

  /// One that lives long enough for the second compiler to pay.
  static ServiceProcess lasting(
      String name, Class<?> main, int port, Map<String, Object> settings, Path folder) {
    return process(name, main, port, settings, folder, List.of());
  }

  private static ServiceProcess process(
      String name,
      Class<?> main,
      int port,
      Map<String, Object> settings,
      Path folder,
      List<String> compilers) {
    List<String> flags = new ArrayList<>(compilers);
    flags.addAll(List.of("-Xmx300m", "-XX:+UseSerialGC", "-Dsun.net.httpserver.nodelay=true"));
    return new ServiceProcess(name, main, port, settings, flags, folder);
  }
}
