package io.mcpcrew.parts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Ports on 127.0.0.1.
final class Loopback {
  static final String HOST = "127.0.0.1";

  // Below the ranges from which systems take the ports of outgoing connections (32768 and up on
  // Linux, 49152 on macOS), so that no connection can sit on a part's port while it is restarted.
  private static final int LOWEST = 20_000;
  private static final int ABOVE_HIGHEST = 32_000;
  private static final int TRIES = 200;

  private Loopback() {}

  /// The wanted port, or a free one that no process of ours was given when zero is wanted.
  static int portOrFree(int wanted) {
    return wanted != 0 ? wanted : free();
  }

  static int free() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, ABOVE_HIGHEST);
      // Looked at only by whoever has it: a look takes the port for a moment.
      if (PortClaims.claim(port) && isFree(port)) {
        return port;
      }
    }
    throw new PartFailure(
        "No free port was found between "
            + LOWEST
            + " and "
            + ABOVE_HIGHEST
            + " on "
            + HOST
            + ". End programs that listen there, or name the ports yourself.");
  }

  static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address(port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(HOST), port);
  }
}
