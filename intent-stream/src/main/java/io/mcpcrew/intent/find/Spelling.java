package io.mcpcrew.intent.find;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds the known word that a mistyped one was meant to be: one slip in five letters or more, two
/// in nine or more, none in shorter ones. Two words that differ by a slip become the same when a
/// letter is left out of each, so known words are kept under all their shortened forms, and a
/// look-up costs the same however many are known.
final class Spelling {
  private static final int ONE_SLIP = 5;
  private static final int TWO_SLIPS = 9;

  /// A longer one is no word that was mistyped.
  private static final int LONGEST = 16;

  private final Map<String, Set<String>> shortened = new HashMap<>();
  private final Set<String> rightAsTheyAre;

  /// First letters and lengths of known words: most words of a message are near to none of them.
  private final Set<Integer> shapes = new HashSet<>();

  /// @param rightAsTheyAre words that look like a slip and are none: `prego` is not `preço`
  Spelling(Collection<String> known, Set<String> rightAsTheyAre) {
    this.rightAsTheyAre = rightAsTheyAre;
    for (String word : known) {
      if (slips(word) > 0) {
        shapes.add(shape(word.charAt(0), word.length()));
        forms(word, form -> shortened.computeIfAbsent(form, _ -> new TreeSet<>()).add(word));
      }
    }
  }

  private static int slips(String word) {
    int length = word.length();
    if (length < ONE_SLIP || length > LONGEST) {
      return 0;
    }
    return length < TWO_SLIPS ? 1 : 2;
  }

  @Nullable String meant(String word) {
    if (slips(word) == 0 || rightAsTheyAre.contains(word) || !isNearAny(word)) {
      return null;
    }
    var best = new Best(word);
    forms(word, form -> shortened.getOrDefault(form, Set.of()).forEach(best::consider));
    return best.known;
  }

  private boolean isNearAny(String word) {
    int slips = slips(word);
    for (int length = word.length() - slips; length <= word.length() + slips; length++) {
      if (shapes.contains(shape(word.charAt(0), length))
          || shapes.contains(shape(word.charAt(1), length))) {
        return true;
      }
    }
    return false;
  }

  private static int shape(char first, int length) {
    return first * (2 * LONGEST) + length;
  }

  private static void forms(String word, Consumer<String> each) {
    each.accept(word);
    for (int i = 0; i < word.length(); i++) {
      String one = without(word, i);
      each.accept(one);
      for (int j = i; slips(word) > 1 && j < one.length(); j++) {
        each.accept(without(one, j));
      }
    }
  }

  private static String without(String word, int at) {
    return word.substring(0, at) + word.substring(at + 1);
  }

  /// The nearest; of equals the first in the alphabet, so that the answer is always the same.
  private static final class Best {
    private final String word;
    private int distance = Integer.MAX_VALUE;
    private @Nullable String known;

    Best(String word) {
      this.word = word;
    }

    void consider(String candidate) {
      if (candidate.equals(known) || !beginsAlike(candidate)) {
        return;
      }
      int found = distance(word, candidate);
      boolean nearer = found < distance;
      boolean first = found == distance && known != null && candidate.compareTo(known) < 0;
      if (found <= Math.min(slips(word), slips(candidate)) && (nearer || first)) {
        distance = found;
        known = candidate;
      }
    }

    /// Who mistypes a word seldom misses its beginning; `valor` and `calor` are two words.
    private boolean beginsAlike(String other) {
      boolean same = word.charAt(0) == other.charAt(0);
      return same || (word.charAt(0) == other.charAt(1) && word.charAt(1) == other.charAt(0));
    }
  }

  /// Letters to put in, leave out, replace, or swap with their neighbour.
  static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        row[j] = Math.min(last[j - 1] + (same ? 0 : 1), 1 + Math.min(last[j], row[j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[b.length()];
  }
}
