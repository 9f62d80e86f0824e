package io.mcpcrew.intent.find;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is left of a word without number, gender and the endings of verbs. One set of rules for
/// Portuguese, Spanish and English: rules and messages are cut alike, so a stem need not be a word,
/// and a short message need not tell its language first. Cut cautiously, because two words with one
/// stem are one word to a rule.
final class Stem {
  private static final Map<String, String> PLURALS =
      Map.of(
          "coes", "cao", "soes", "sao", "oes", "ao", "ais", "al", "eis", "el", "ies", "y", "ns",
          "m", "res", "r", "zes", "z");

  private static final List<String> VERBS =
      List.of(
          "aremos", "eremos", "iremos", "ariam", "eriam", "iriam", "assem", "essem", "aram", "eram",
          "iram", "aria", "eria", "iria", "amos", "emos", "imos", "ando", "endo", "indo", "iendo",
          "ados", "adas", "idos", "idas", "aron", "ieron", "avam", "aste", "ing", "ado", "ada",
          "ido", "ida", "ava", "ue", "uei", "ed", "ar", "er", "ir", "ou", "ei", "eu", "iu", "am",
          "em", "an", "en");

  /// Of many: `abrem` beside `abre`, cut as far as that.
  private static final Set<String> MANY = Set.of("am", "em", "an", "en");

  private static final int LEAST_OF_MANY = 3;
  private static final int SHORT = 3;
  private static final int LEAST_OF_A_VERB = 4;

  private Stem() {}

  static String of(String word) {
    if (word.length() <= SHORT || !Character.isLetter(word.charAt(word.length() - 1))) {
      return word;
    }
    return withoutGender(withoutVerb(singular(word)));
  }

  private static String singular(String word) {
    if (!word.endsWith("s") || word.endsWith("ss")) {
      return word;
    }
    for (int length = 4; length >= 2; length--) {
      String cut = replaced(word, length);
      if (cut != null) {
        return cut;
      }
    }
    return word.substring(0, word.length() - 1);
  }

  private static @Nullable String replaced(String word, int length) {
    if (word.length() < length + 2) {
      return null;
    }
    String begin = word.substring(0, word.length() - length);
    String ending = PLURALS.get(word.substring(word.length() - length));
    return ending == null ? null : begin + ending;
  }

  private static String withoutVerb(String word) {
    for (String ending : VERBS) {
      int left = word.length() - ending.length();
      int least = MANY.contains(ending) ? LEAST_OF_MANY : LEAST_OF_A_VERB;
      if (left >= least && word.endsWith(ending)) {
        return ending.startsWith("u") && !hardens(word, left) ? word : word.substring(0, left);
      }
    }
    return word;
  }

  /// `entregue` and `fiquei`: the u only keeps the sound.
  private static boolean hardens(String word, int at) {
    char before = word.charAt(at - 1);
    return before == 'g' || before == 'q';
  }

  private static String withoutGender(String word) {
    int last = word.length() - 1;
    return last >= SHORT && "aoe".indexOf(word.charAt(last)) >= 0 ? word.substring(0, last) : word;
  }
}
