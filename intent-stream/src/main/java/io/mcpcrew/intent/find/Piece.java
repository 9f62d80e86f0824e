package io.mcpcrew.intent.find;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Words that belong together: a part of a sentence with at most one wish.
///
/// @param first word, and the last
/// @param guess what they ask, if they ask
/// @param before what separates them from the piece before
/// @param another whether they begin like another thing: "e a serra", ", 2 buchas"
record Piece(int first, int last, @Nullable Guess guess, Word.Gap before, boolean another) {
  /// Words before a thing of its own.
  private static final Set<String> ARTICLES =
      Set.of(
          "a", "o", "as", "os", "um", "uma", "uns", "umas", "da", "do", "das", "dos", "the", "an",
          "el", "la", "los", "las", "un", "una", "unos", "unas", "dois", "duas", "tres");

  /// @param guesses in their order, without overlaps
  static List<Piece> cut(List<Word> words, List<Guess> guesses, Set<String> joiners) {
    List<Piece> pieces = new ArrayList<>();
    int next = 0;
    int start = 0;
    @Nullable Guess current = null;
    boolean joined = false;
    for (int i = 0; i < words.size(); i++) {
      boolean inside = current != null && i > current.first() && i <= current.last();
      boolean begins = next < guesses.size() && guesses.get(next).first() == i;
      boolean joiner = !inside && joiners.contains(words.get(i).plain());
      boolean cut = !inside && (words.get(i).before() != Word.Gap.SPACE || joiner);
      if (i > start && (cut || (begins && current != null))) {
        pieces.add(piece(words, start, i - 1, current, joined));
        start = i;
        current = null;
        joined = false;
      }
      joined |= i == start && (joiner || words.get(i).before() == Word.Gap.COMMA);
      if (begins) {
        current = guesses.get(next++);
      }
    }
    if (start < words.size()) {
      pieces.add(piece(words, start, words.size() - 1, current, joined));
    }
    return pieces;
  }

  private static Piece piece(
      List<Word> words, int first, int last, @Nullable Guess guess, boolean joined) {
    Word one =
        words.get(
            Math.min(
                last, joined && first < last && !isArticle(words.get(first)) ? first + 1 : first));
    boolean another = joined && (isArticle(one) || one.isNumber());
    return new Piece(first, last, guess, words.get(first).before(), another);
  }

  private static boolean isArticle(Word word) {
    return ARTICLES.contains(word.plain());
  }
}
