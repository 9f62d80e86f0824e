package io.mcpcrew.crew.claim;

/// Nobody waits for the attempt any more.
public final class Cancelled extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Cancelled(String turn) {
    super(turn + " was cancelled");
  }
}
