package io.mcpcrew.crew.guard;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

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
    return repeats(reply, instructions) ? Optional.of("our instructions") : Optional.empty();
  }

  private static boolean repeats(String reply, String instructions) {
    if (instructions.isEmpty()) {
      return false;
    }
    List<String> said = words(reply);
    if (said.size() < WORDS) {
      return false;
    }
    String told = row(words(instructions));
    return IntStream.rangeClosed(0, said.size() - WORDS)
        .anyMatch(from -> told.contains(row(said.subList(from, from + WORDS))));
  }

  /// Whole words only, so that one row is within another where its words are.
  private static String row(List<String> words) {
    return " " + String.join(" ", words) + " ";
  }

  private static List<String> words(String text) {
    return List.of(Folded.of(text).replaceAll("[^a-z0-9 ]", " ").strip().split(" +", -1));
  }
}
