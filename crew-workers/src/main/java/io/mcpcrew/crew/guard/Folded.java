package io.mcpcrew.crew.guard;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// Texts without case, accents and tricks of writing, so that they can be compared.
final class Folded {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  /// Zero-width and direction signs, which hide words from a reader of patterns.
  private static final Pattern HIDDEN = Pattern.compile("[\\p{Cf}\\p{Co}]+");

  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

  private Folded() {}

  static String of(String text) {
    String plain = HIDDEN.matcher(text).replaceAll("");
    String apart = Normalizer.normalize(plain, Normalizer.Form.NFKD);
    String bare = MARKS.matcher(apart).replaceAll("").toLowerCase(Locale.ROOT);
    return SPACES.matcher(bare).replaceAll(" ").strip();
  }
}
