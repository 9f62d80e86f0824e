package io.mcpcrew.intent.find;

import java.text.Normalizer;
import java.util.Locale;

/// A word as it is compared: lower case, no accents, nothing invisible, no letter drawn out.
/// Folding twice is folding once, so that rules and messages meet however either was written.
final class Fold {
  /// The letters of pt, es and en by table: almost every word takes this way.
  private static final char[] TABLE = table();

  private Fold() {}

  static String word(String written) {
    char[] folded = new char[written.length()];
    for (int i = 0; i < folded.length; i++) {
      char c = written.charAt(i);
      char plain = c < TABLE.length ? TABLE[c] : 0;
      if (plain == 0) {
        return squeezed(slowly(written));
      }
      folded[i] = plain;
    }
    return squeezed(new String(folded));
  }

  /// One character alone: nothing for an accent, and what is no letter stays as it is.
  static String character(int c) {
    if (c < TABLE.length && TABLE[c] != 0) {
      return String.valueOf(TABLE[c]);
    }
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> "";
      default ->
          Character.isLetterOrDigit(c) ? slowly(Character.toString(c)) : Character.toString(c);
    };
  }

  private static char[] table() {
    char[] table = new char[0x180];
    for (char c = 0; c < table.length; c++) {
      String slow = slowly(String.valueOf(c));
      table[c] = slow.length() == 1 ? slow.charAt(0) : 0;
    }
    return table;
  }

  /// Marks go before the text is decomposed as well as after: putting thousands of them in order is
  /// what makes decomposing slow.
  private static String slowly(String written) {
    String decomposed = Normalizer.normalize(lettersOf(written), Normalizer.Form.NFKD);
    return lettersOf(decomposed.toLowerCase(Locale.ROOT));
  }

  private static String lettersOf(String text) {
    return text.codePoints()
        .filter(c -> Character.isLetterOrDigit(c) && !isOrdinal(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /// `nº` is `n`, not the word `no`.
  private static boolean isOrdinal(int c) {
    return c == 'º' || c == 'ª';
  }

  /// `oiiii` is `oi`. Two of a letter stay, and so do all digits.
  private static String squeezed(String word) {
    if (!isDrawnOut(word)) {
      return word;
    }
    var out = new StringBuilder(word.length());
    for (int i = 0; i < word.length(); ) {
      int end = runEnd(word, i);
      char c = word.charAt(i);
      out.append(word, i, end - i > 2 && Character.isLetter(c) ? i + 1 : end);
      i = end;
    }
    return out.toString();
  }

  private static boolean isDrawnOut(String word) {
    for (int i = 2; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == word.charAt(i - 1) && c == word.charAt(i - 2)) {
        return true;
      }
    }
    return false;
  }

  private static int runEnd(String word, int start) {
    int end = start;
    while (end < word.length() && word.charAt(end) == word.charAt(start)) {
      end++;
    }
    return end;
  }
}
