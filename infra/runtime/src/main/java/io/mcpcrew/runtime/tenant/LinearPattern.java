package io.mcpcrew.runtime.tenant;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.text.Normalizer;
import java.util.Set;

/// A pattern that an account's administrator wrote, in RE2 syntax: no look-around and no references
/// back, therefore never more than linear time, whatever a customer writes. Compared without case
/// and accents.
///
/// @param text as the administrator wrote it; two patterns with the same text are equal
public record LinearPattern(String text, Pattern compiled) {
  static final int LONGEST = 200;

  /// A pattern's program is walked once per character; this bounds the walk.
  static final int LARGEST_PROGRAM = 1_000;

  /// `((a{99}){99}){99}` is small to write and large to compile, so it is refused before.
  private static final long MOST_REPEATS = 10_000;

  private static final Pattern REPEAT = Pattern.compile("\\{(\\d+)(?:,(\\d*))?\\}");

  /// @throws IllegalArgumentException with a sentence for the administrator
  public static LinearPattern of(String text) {
    if (text.isBlank() || text.length() > LONGEST) {
      throw refused(text, "it needs 1 to %d characters".formatted(LONGEST));
    }
    if (repeats(text) > MOST_REPEATS) {
      throw refused(text, "its repeats are too many");
    }
    Pattern compiled = compiled(text);
    if (compiled.programSize() > LARGEST_PROGRAM) {
      throw refused(text, "it is too large when its repeats are written out");
    }
    if (compiled.matches("")) {
      throw refused(text, "it matches nothing at all, so it would match everywhere");
    }
    return new LinearPattern(text, compiled);
  }

  private static Pattern compiled(String text) {
    try {
      return Pattern.compile(withoutAccents(text), Pattern.CASE_INSENSITIVE);
    } catch (PatternSyntaxException e) {
      throw refused(text, e.getDescription() + " (RE2 syntax, without look-around)");
    }
  }

  /// What the repeats multiply to if each stood in the other: never less than they do.
  private static long repeats(String text) {
    Matcher repeat = REPEAT.matcher(text);
    long all = 1;
    while (repeat.find() && all <= MOST_REPEATS) {
      String most =
          repeat.group(2) == null || repeat.group(2).isEmpty() ? repeat.group(1) : repeat.group(2);
      all *= most.length() > 4 ? MOST_REPEATS + 1 : Math.max(1, Long.parseLong(most));
    }
    return all;
  }

  private static String withoutAccents(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD)
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static IllegalArgumentException refused(String text, String because) {
    String shown = text.length() > LONGEST ? text.substring(0, 40) + "…" : text;
    return new IllegalArgumentException(
        "the pattern '%s' is refused: %s".formatted(shown, because));
  }

  /// @param text in lower case and without accents
  public Matcher in(String text) {
    return compiled.matcher(text);
  }

  /// Groups with names, `(?P<order>\d+)`: what they match is of that kind.
  public Set<String> kinds() {
    return compiled.namedGroups().keySet();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LinearPattern that && that.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
