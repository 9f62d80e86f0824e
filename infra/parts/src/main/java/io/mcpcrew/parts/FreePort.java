package io.mcpcrew.parts;

/// A port on 127.0.0.1 that nobody has, and that no process of this user is given as well.
public final class FreePort {
  private FreePort() {}

  public static int next() {
    return Loopback.free();
  }
}
