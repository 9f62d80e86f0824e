package io.mcpcrew.crew.guard;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/// Texts without case, accents and tricks of writing, so that they can be compared.
final class Folded {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  /// Zero-width and direction signs, which hide words from a reader of patterns.
  private static final Pattern HIDDEN = Pattern.compile("[\\p{Cf}\\p{Co}]+");

  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

  /// The letters of our languages, each as it is folded: nearly every text has no others, and then
  /// one look at each is enough.
  private static final String[] LATIN = latin();

  private Folded() {}

  static String of(String text) {
    var folded = new StringBuilder(text.length());
    boolean gap = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= LATIN.length) {
        return ofAny(text);
      }
      String bare = LATIN[c];
      for (int k = 0; k < bare.length(); k++) {
        char letter = bare.charAt(k);
        if (letter != ' ' || !gap) {
          folded.append(letter);
        }
        gap = letter == ' ';
      }
    }
    return folded.toString().strip();
  }

  /// The words of a folded text, with one space between two: what is no letter of them parts them.
  static String words(String folded, IntPredicate letters) {
    var words = new StringBuilder(folded.length());
    boolean within = false;
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      boolean letter = letters.test(c);
      if (letter && !within && !words.isEmpty()) {
        words.append(' ');
      }
      if (letter) {
        words.append(c);
      }
      within = letter;
    }
    return words.toString();
  }

  private static String[] latin() {
    String[] latin = new String[0x250];
    for (char c = 0; c < latin.length; c++) {
      // Between two others, because at the ends spaces are left out.
      String folded = ofAny("x" + c + "x");
      latin[c] = folded.substring(1, folded.length() - 1);
    }
    return latin;
  }

  /// Of whatever script.
  static String ofAny(String text) {
    String plain = HIDDEN.matcher(text).replaceAll("");
    String apart = Normalizer.normalize(plain, Normalizer.Form.NFKD);
    String bare = MARKS.matcher(apart).replaceAll("").toLowerCase(Locale.ROOT);
    return SPACES.matcher(bare).replaceAll(" ").strip();
  }
}
