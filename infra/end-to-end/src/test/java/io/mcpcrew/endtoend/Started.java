package io.mcpcrew.endtoend;

import io.mcpcrew.bench.FreePort;
import io.mcpcrew.bench.ServiceProcess;
import io.mcpcrew.local.Platform;
import io.mcpcrew.parts.PartsSettings;
import io.mcpcrew.parts.Progress;
import java.io.IOException;
import java.nio.file.Path;
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

  /// One service in a process of its own, small.
  static ServiceProcess service(
      String name, Class<?> main, int port, Map<String, Object> settings, Path folder) {
    return new ServiceProcess(
        name,
        main,
        port,
        settings,
        List.of(
            "-Xmx300m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dsun.net.httpserver.nodelay=true"),
        folder);
  }
}
