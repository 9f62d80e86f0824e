package io.mcpcrew.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// A port of this machine that nobody has.
public final class FreePort {
  private FreePort() {}

  public static int next() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
