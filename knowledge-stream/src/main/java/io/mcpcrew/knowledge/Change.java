package io.mcpcrew.knowledge;

import java.util.Locale;

/// Why a version of an item was written to the log; a header of its record says so.
enum Change {
  OPENED,
  CONFIRMED,
  /// Closed, because another version follows.
  SUPERSEDED,
  /// Closed, because nobody has seen it for as long as its kind keeps.
  EXPIRED;

  static final String HEADER = "crew_change";

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
