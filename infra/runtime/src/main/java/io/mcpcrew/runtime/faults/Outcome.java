package io.mcpcrew.runtime.faults;

/// A result or a refusal. A refusal is an answer, not an accident: it has a reason that may be
/// shown, and goes where results go.
public sealed interface Outcome<T> {

  record Done<T>(T value) implements Outcome<T> {}

  /// @param code for machines, such as `bad_signature`
  /// @param reason for people; names no secret and no other account
  record Refused<T>(String code, String reason) implements Outcome<T> {}

  static <T> Outcome<T> done(T value) {
    return new Done<>(value);
  }

  static <T> Outcome<T> refused(String code, String reason) {
    return new Refused<>(code, reason);
  }
}
