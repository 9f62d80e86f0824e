package io.mcpcrew.intent.conversation;

import java.text.Normalizer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a person tells the agent in a private note that begins with a slash, in Portuguese, English
/// or Spanish.
sealed interface NoteCommand {
  /// The agent has the word again.
  record GiveBack() implements NoteCommand {}

  /// The agent is silent; null: until it is given back.
  record Pause(@Nullable Duration length) implements NoteCommand {}

  /// Why the last turn ended as it did.
  record Why() implements NoteCommand {}

  /// The newest suggestion goes to the customer; null: as it stands.
  record Send(@Nullable String changed) implements NoteCommand {}

  /// What waits for a person's word is done.
  ///
  /// @param which the number that the request says; null: the only one there can be
  record Approve(@Nullable String which) implements NoteCommand {}

  /// It is not; null: without a reason.
  record Deny(@Nullable String reason) implements NoteCommand {}

  /// Something about the company that the agent shall know.
  record Teach(String fact) implements NoteCommand {}

  /// What the agent should have said instead of its last words.
  record Correct(String right) implements NoteCommand {}

  /// What was said so far, and what is known.
  record Summary() implements NoteCommand {}

  /// Asks what there is, or means something that there is not.
  record Help(String word) implements NoteCommand {}

  Duration LONGEST_PAUSE = Duration.ofDays(7);

  Pattern FORM = Pattern.compile("\\A\\s*/(\\p{L}+)(?:\\s+(.*))?\\z", Pattern.DOTALL);
  Pattern LENGTH =
      Pattern.compile(
          "(?:(\\d{1,2})\\s*d)?\\s*(?:(\\d{1,3})\\s*h)?\\s*(?:(\\d{1,4})\\s*(?:m|min)?)?");

  /// Empty for a note that is none.
  static Optional<NoteCommand> of(String note) {
    Matcher form = FORM.matcher(note);
    if (!form.matches()) {
      return Optional.empty();
    }
    String word = plain(form.group(1));
    String rest = form.group(2) == null ? "" : form.group(2).strip();
    return Optional.of(
        switch (word) {
          case "bot" -> new GiveBack();
          case "pausar", "pause" -> pause(word, rest);
          case "porque", "why" -> new Why();
          case "enviar", "send" -> new Send(rest.isEmpty() ? null : rest);
          case "aprovar", "aprobar", "approve" -> new Approve(rest.isEmpty() ? null : rest);
          case "negar", "deny", "rechazar" -> new Deny(rest.isEmpty() ? null : rest);
          case "ensinar", "ensenar", "teach" -> rest.isEmpty() ? new Help(word) : new Teach(rest);
          case "corrigir", "corregir", "correct" ->
              rest.isEmpty() ? new Help(word) : new Correct(rest);
          case "resumo", "summary", "resumen" -> new Summary();
          default -> new Help(word);
        });
  }

  private static String plain(String word) {
    return Normalizer.normalize(word, Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT);
  }

  private static NoteCommand pause(String word, String rest) {
    if (rest.isEmpty()) {
      return new Pause(null);
    }
    Matcher length = LENGTH.matcher(rest.toLowerCase(Locale.ROOT));
    if (!length.matches()) {
      return new Help(word);
    }
    Duration asked =
        Duration.ofDays(number(length, 1))
            .plusHours(number(length, 2))
            .plusMinutes(number(length, 3));
    return asked.isPositive() && asked.compareTo(LONGEST_PAUSE) <= 0
        ? new Pause(asked)
        : new Help(word);
  }

  private static long number(Matcher length, int group) {
    return length.group(group) == null ? 0 : Long.parseLong(length.group(group));
  }
}
