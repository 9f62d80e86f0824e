package io.mcpcrew.crew.guard;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// What was meant for the model only: our instructions word by word, keys, names of tools.
final class Leakage {
  /// So many words in a row are no coincidence.
  private static final int WORDS = 9;

  private static final List<Sign> SECRETS =
      List.of(
          new Sign("sk-", "\\bsk-[A-Za-z0-9_-]{16,}"),
          new Sign("eyJ", "\\beyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}"),
          new Sign("env:", "\\benv:[A-Z/][\\w/.-]+"),
          new Sign("file:", "\\bfile:[A-Z/][\\w/.-]+"),
          new Sign("Bearer ", "\\bBearer [A-Za-z0-9._-]{12,}"),
          new Sign("api", "\\bapi[_-](?:key|token)\\b"),
          new Sign("access", "\\baccess[_-](?:key|token)\\b"),
          new Sign("-----BEGIN ", "-----BEGIN "));
  private static final List<Sign> OURS =
      List.of(
          new Sign("account_id", "\\baccount_id\\b"),
          new Sign("idempotency_key", "\\bidempotency_key\\b"),
          new Sign("tool_call", "\\btool_calls?\\b"),
          new Sign("system prompt", "\\bsystem prompt\\b"));

  /// What is looked for.
  ///
  /// @param part what each of it contains; to look for that first costs next to nothing
  private record Sign(String part, Pattern whole) {
    Sign(String part, String whole) {
      this(part, Pattern.compile(whole));
    }

    boolean isIn(String text) {
      return text.contains(part) && whole.matcher(text).find();
    }
  }

  private Leakage() {}

  /// @param instructions that the model was given; none for a playbook
  /// @param tools their names as the model knows them
  static Optional<String> find(String reply, String instructions, List<String> tools) {
    if (SECRETS.stream().anyMatch(sign -> sign.isIn(reply))) {
      return Optional.of("something that looks like a key");
    }
    if (OURS.stream().anyMatch(sign -> sign.isIn(reply))) {
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
    String words =
        Folded.words(Folded.of(text), c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    return List.of(words.split(" ", -1));
  }
}
