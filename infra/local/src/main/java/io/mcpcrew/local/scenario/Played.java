package io.mcpcrew.local.scenario;

import java.util.List;

/// What came of one conversation.
///
/// @param name the file and the conversation
/// @param failures what was expected and did not come, each with the message it followed
public record Played(String name, List<String> failures) {
  public Played {
    failures = List.copyOf(failures);
  }

  /// For who reads why it failed.
  public String told() {
    return name + "\n    " + String.join("\n    ", failures);
  }

  public boolean isGood() {
    return failures.isEmpty();
  }
}
