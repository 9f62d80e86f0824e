package io.mcpcrew.intent.find;

/// One word of a message.
///
/// @param start in the text, and end: where it was written
/// @param plain folded, an abbreviation written out
/// @param before what separates it from the word before
public record Word(int start, int end, String plain, String stem, Gap before) {
  /// What stands between two words.
  public enum Gap {
    SPACE,
    /// A new line, or another message of the burst.
    LINE,
    COMMA,
    /// The end of a sentence.
    STOP;

    Gap and(Gap other) {
      return compareTo(other) >= 0 ? this : other;
    }
  }

  boolean isNumber() {
    return plain.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
