package io.mcpcrew.parts;

import java.util.stream.IntStream;

/// The ports of the parts, all on 127.0.0.1. Zero asks for a free one, which the part then keeps:
/// started again, it is where it was.
public record Ports(
    int kafka, int kafkaController, int registry, int registryManagement, int redis, int mongo) {

  public Ports {
    IntStream.of(kafka, kafkaController, registry, registryManagement, redis, mongo)
        .forEach(Ports::check);
  }

  /// Free ports, a new choice for each part.
  public static Ports free() {
    return new Ports(0, 0, 0, 0, 0, 0);
  }

  /// Six ports in a row.
  public static Ports from(int first) {
    return new Ports(first, first + 1, first + 2, first + 3, first + 4, first + 5);
  }

  private static void check(int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "A port is a number from 1 to 65535, or 0 for a free one, but not " + port + ".");
    }
  }
}
