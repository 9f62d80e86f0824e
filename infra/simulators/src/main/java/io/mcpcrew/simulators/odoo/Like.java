package io.mcpcrew.simulators.odoo;

import java.util.Locale;

/// SQL's LIKE: `%` is any text, `_` any one character, a backslash takes either at its word.
///
/// Case can be ignored, accents never: a server without the extension `unaccent` does not find
/// "nível" under "nivel". Needs time in proportion to both lengths only, whatever the pattern.
record Like(String pattern, boolean ignoringCase) {

  /// As `like` and `ilike` mean it: anywhere in the text.
  static Like anywhere(String part, boolean ignoringCase) {
    return new Like("%" + part + "%", ignoringCase);
  }

  boolean matches(String text) {
    return matches(folded(pattern), folded(text));
  }

  private String folded(String text) {
    return ignoringCase ? text.toLowerCase(Locale.ROOT) : text;
  }

  /// Greedy: after a mismatch only the last `%` may take more text.
  private static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int retryPattern = -1;
    int retryText = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '%') {
        retryPattern = ++p;
        retryText = t;
        continue;
      }
      int width = p < pattern.length() ? widthOfMatch(pattern, p, text.charAt(t)) : 0;
      if (width > 0) {
        p += width;
        t++;
      } else if (retryPattern >= 0) {
        p = retryPattern;
        t = ++retryText;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '%') {
      p++;
    }
    return p == pattern.length();
  }

  /// How many characters of the pattern stand for this one of the text; 0 when they do not.
  private static int widthOfMatch(String pattern, int at, char wanted) {
    char sign = pattern.charAt(at);
    if (sign == '\\' && at + 1 < pattern.length()) {
      return pattern.charAt(at + 1) == wanted ? 2 : 0;
    }
    return sign == '_' || sign == wanted ? 1 : 0;
  }
}
