package io.mcpcrew.endtoend;

import io.mcpcrew.local.Platform;
import io.mcpcrew.parts.PartsSettings;
import io.mcpcrew.parts.Progress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;

/// Starts things for tests, on free ports.
final class Started {
  private Started() {}

  /// Everything, as `./crew up` starts it.
  static Platform platform(Path data) throws IOException {
    return Platform.start(
        new Platform.Plan(
            data, freePort(), PartsSettings.forTests(data.resolve("parts")), Map.of()),
        Progress.silent());
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
