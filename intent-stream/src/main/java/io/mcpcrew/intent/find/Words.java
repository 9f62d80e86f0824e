package io.mcpcrew.intent.find;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A text as words without case, accents and punctuation.
record Words(List<String> list) {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

  static Words of(String text) {
    String bare = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
    return new Words(
        Arrays.stream(BETWEEN.split(bare.toLowerCase(Locale.ROOT), -1))
            .filter(word -> !word.isEmpty())
            .toList());
  }

  /// Whether the phrase stands here, word for word; a last word that ends in `*` may go on.
  boolean contain(Phrase phrase) {
    List<String> wanted = phrase.words();
    for (int start = 0; start + wanted.size() <= list.size(); start++) {
      if (phrase.matches(list.subList(start, start + wanted.size()))) {
        return true;
      }
    }
    return false;
  }

  boolean containAny(List<Phrase> phrases) {
    return phrases.stream().anyMatch(this::contain);
  }

  /// The words that remain without the given ones, in their order.
  Words without(List<Phrase> fillers) {
    return new Words(
        list.stream()
            .filter(word -> fillers.stream().noneMatch(f -> f.matches(List.of(word))))
            .toList());
  }

  String joined() {
    return String.join(" ", list);
  }
}
