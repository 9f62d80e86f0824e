package io.mcpcrew.simulators.chatwoot;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request that Chatwoot answers with an error: its HTTP status and its body.
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, @Nullable Object> body;

  private Refused(int status, Map<String, @Nullable Object> body) {
    super(String.valueOf(body), null, false, false);
    this.status = status;
    this.body = body;
  }

  static Refused unauthorized(String error) {
    return new Refused(401, Fields.of("error", error));
  }

  /// No token at all: the answer of the login, not of the token check.
  static Refused unauthenticated() {
    return new Refused(
        401, Fields.of("errors", List.of("You need to sign in or sign up before continuing.")));
  }

  static Refused notFound() {
    return new Refused(404, Fields.of("error", "Resource could not be found"));
  }

  static Refused unprocessable(String error) {
    return new Refused(422, Fields.of("error", error));
  }

  static Refused forbidden(String error) {
    return new Refused(403, Fields.of("error", error));
  }

  /// Chatwoot's answer to a record that is not valid.
  static Refused invalid(String message, String attribute) {
    return new Refused(422, Fields.of("message", message, "attributes", List.of(attribute)));
  }

  static Refused with(int status, String error) {
    return new Refused(status, Fields.of("error", error));
  }

  int status() {
    return status;
  }

  Map<String, @Nullable Object> body() {
    return body;
  }
}
