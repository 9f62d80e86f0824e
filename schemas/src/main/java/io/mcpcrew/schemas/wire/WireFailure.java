package io.mcpcrew.schemas.wire;

import org.apache.kafka.common.errors.SerializationException;

/// A record that cannot be written or read, however often it is tried: it is parked, not retried.
public final class WireFailure extends SerializationException {
  private static final long serialVersionUID = 1L;

  /// Which kind of parked record it becomes.
  public enum Kind {
    UNDECODABLE,
    TOO_LARGE,
    MISROUTED
  }

  private final Kind kind;

  public WireFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public WireFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
