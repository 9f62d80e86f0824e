package io.mcpcrew.intent.find;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A text as words, to be compared without case and accents, and still known as they were written.
record Words(List<String> list, List<String> written) {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

  static Words of(String text) {
    List<String> written =
        Arrays.stream(BETWEEN.split(text, -1)).filter(word -> !word.isEmpty()).toList();
    return new Words(written.stream().map(Words::bare).toList(), written);
  }

  private static String bare(String word) {
    return MARKS
        .matcher(Normalizer.normalize(word, Normalizer.Form.NFD))
        .replaceAll("")
        .toLowerCase(Locale.ROOT);
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

  /// What is left as it was written, without the given words.
  String without(List<Phrase> fillers) {
    return IntStream.range(0, list.size())
        .filter(i -> fillers.stream().noneMatch(f -> f.matches(List.of(list.get(i)))))
        .mapToObj(written::get)
        .collect(Collectors.joining(" "));
  }

  String joined() {
    return String.join(" ", list);
  }
}
