package io.mcpcrew.simulators.model;

import org.jspecify.annotations.Nullable;

/// The request is refused, as the server of its protocol words it.
final class BadRequest extends Exception {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final @Nullable String type;

  BadRequest(int status, String message) {
    this(status, message, null);
  }

  /// @param type the protocol's own name for what is wrong, where the status does not tell it
  BadRequest(int status, String message, @Nullable String type) {
    super(message);
    this.status = status;
    this.type = type;
  }

  static BadRequest of(String message) {
    return new BadRequest(400, message);
  }

  int status() {
    return status;
  }

  @Nullable String type() {
    return type;
  }
}
