package io.mcpcrew.crew.guard;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What was meant for the model only: our instructions word by word, keys, names of tools.
final class Leakage {
  /// So many words in a row are no coincidence.
  private static final int WORDS = 9;

  private static final Pattern SECRET =
      Pattern.compile(
          "\\bsk-[A-Za-z0-9_-]{16,}|\\beyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}|\\b(?:env|file):[A-Z/][\\w/.-]+"
              + "|\\bBearer [A-Za-z0-9._-]{12,}|\\b(?:api|access)[_-](?:key|token)\\b|-----BEGIN ");
  private static final Pattern OURS =
      Pattern.compile("\\b(?:account_id|idempotency_key|tool_calls?|system prompt)\\b");

  private Leakage() {}

  /// @param instructions that the model was given; none for a playbook
  /// @param tools their names as the model knows them
  static Optional<String> find(String reply, String instructions, List<String> tools) {
    if (SECRET.matcher(reply).find()) {
      return Optional.of("something that looks like a key");
    }
    if (OURS.matcher(reply).find()) {
      return Optional.of("a name that is ours");
    }
    for (String tool : tools) {
      if (tool.contains("_") && reply.contains(tool)) {
        return Optional.of("the name of a tool");
      }
    }
    Set<String> told = rows(instructions);
    return !told.isEmpty() && rows(reply).stream().anyMatch(told::contains)
        ? Optional.of("our instructions")
        : Optional.empty();
  }

  private static Set<String> rows(String text) {
    String[] words = Folded.of(text).replaceAll("[^a-z0-9 ]", " ").strip().split(" +", -1);
    Set<String> rows = new HashSet<>();
    for (int i = 0; i + WORDS <= words.length; i++) {
      rows.add(String.join(" ", List.of(words).subList(i, i + WORDS)));
    }
    return rows;
  }
}
