package io.mcpcrew.simulators.chatwoot;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A conversation's status.
enum Status {
  OPEN,
  RESOLVED,
  PENDING,
  SNOOZED;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Status> named(String word) {
    return Arrays.stream(values()).filter(status -> status.word().equals(word)).findFirst();
  }
}
