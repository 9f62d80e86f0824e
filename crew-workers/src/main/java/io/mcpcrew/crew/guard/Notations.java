package io.mcpcrew.crew.guard;

import java.util.Set;

/// Which ways of writing a number a text can hold at all. Most texts hold few of them, and a
/// pattern that finds nothing costs the most: so one look at each letter says which to try. What it
/// denies is not there; what it allows may not be there either.
///
/// @param dashes `2026-03-12`
/// @param parts `12/03` and `12.03`
/// @param hours `14h30`, `14:30` and `2 pm`
/// @param codes letters and digits together
/// @param months the name of one
record Notations(
    boolean digits, boolean dashes, boolean parts, boolean hours, boolean codes, boolean months) {
  private static final Set<String> MONTHS = Set.copyOf(NumberWords.months().keySet());

  static Notations of(String folded) {
    boolean digits = false;
    boolean dashes = false;
    boolean parts = false;
    boolean hours = false;
    boolean codes = false;
    char last = ' ';
    char lastButOne = ' ';
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      if (isDigit(c)) {
        digits = true;
        dashes |= last == '-' && isDigit(lastButOne);
        parts |= (last == '/' || last == '.') && isDigit(lastButOne);
        codes |= last == '-' || isLetter(last);
      } else if (isDigit(last)) {
        hours |= c == ':' || c == 'h';
      } else if (c == 'm' && (last == 'a' || last == 'p')) {
        hours |= lastButOne == ' ' || isDigit(lastButOne);
      }
      lastButOne = last;
      last = c;
    }
    return new Notations(digits, dashes, parts, hours, codes, digits && namesMonth(folded));
  }

  private static boolean namesMonth(String folded) {
    int from = 0;
    for (int i = 0; i <= folded.length(); i++) {
      if (i == folded.length() || !isLetter(folded.charAt(i))) {
        if (i - from > 2 && MONTHS.contains(folded.substring(from, i))) {
          return true;
        }
        from = i + 1;
      }
    }
    return false;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }
}
