package io.mcpcrew.runtime.faults;

/// Trying again cannot help: the record at hand is parked with this as its cause. Every other
/// exception means that it is tried again.
public class Terminal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Terminal(String message) {
    super(message);
  }

  public Terminal(String message, Throwable cause) {
    super(message, cause);
  }
}
