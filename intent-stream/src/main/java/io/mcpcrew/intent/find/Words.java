package io.mcpcrew.intent.find;

import io.mcpcrew.intent.find.Word.Gap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Cuts a text into words, once, from left to right.
final class Words {
  private static final int LONGEST = 60;

  private final String text;
  private final Map<String, List<String>> abbreviations;
  private final List<Word> words = new ArrayList<>();
  private Gap gap = Gap.SPACE;

  private Words(String text, Map<String, List<String>> abbreviations) {
    this.text = text;
    this.abbreviations = abbreviations;
  }

  /// @param abbreviations of chats, and what they stand for: one word or several
  static List<Word> of(String text, Map<String, List<String>> abbreviations) {
    var words = new Words(text, abbreviations);
    words.cut();
    return List.copyOf(words.words);
  }

  /// The folded words alone, as phrases of rules need them.
  static List<String> plain(String text) {
    return of(text, Map.of()).stream().map(Word::plain).toList();
  }

  private void cut() {
    int at = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (Character.isLetterOrDigit(c)) {
        int end = endOfWord(at);
        add(at, end);
        at = end;
      } else {
        gap = gap.and(gapOf(c, at));
        at += Character.charCount(c);
      }
    }
  }

  private int endOfWord(int start) {
    int at = start;
    int end = start;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      if (Character.isLetterOrDigit(c)) {
        end = at;
      } else if (!joins(c)) {
        break;
      }
    }
    return end;
  }

  /// Accents that stand alone, what cannot be seen, and the apostrophe of `what's` and `d'água`.
  private static boolean joins(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT ->
          true;
      default -> c == '\'' || c == '’';
    };
  }

  private Gap gapOf(int c, int at) {
    return switch (c) {
      case '\n', '\r' -> Gap.LINE;
      case '?', '!', ';', '…', '¿', '¡' -> Gap.STOP;
      case '.' -> isBetweenDigits(at) ? Gap.SPACE : Gap.STOP;
      case ',' -> isBetweenDigits(at) ? Gap.SPACE : Gap.COMMA;
      default -> Gap.SPACE;
    };
  }

  private boolean isBetweenDigits(int at) {
    return at > 0
        && at + 1 < text.length()
        && Character.isDigit(text.charAt(at - 1))
        && Character.isDigit(text.charAt(at + 1));
  }

  private void add(int start, int end) {
    String plain = Fold.word(text.substring(start, Math.min(end, start + LONGEST)));
    if (plain.isEmpty()) {
      return;
    }
    for (String meant : abbreviations.getOrDefault(plain, List.of(plain))) {
      words.add(new Word(start, end, meant, Stem.of(meant), gap));
      gap = Gap.SPACE;
    }
  }
}
