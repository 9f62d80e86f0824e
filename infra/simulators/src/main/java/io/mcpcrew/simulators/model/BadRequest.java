package io.mcpcrew.simulators.model;

/// The request is refused, as OpenAI's server words it.
final class BadRequest extends Exception {
  private static final long serialVersionUID = 1L;
  private final int status;

  BadRequest(int status, String message) {
    super(message);
    this.status = status;
  }

  static BadRequest of(String message) {
    return new BadRequest(400, message);
  }

  int status() {
    return status;
  }
}
