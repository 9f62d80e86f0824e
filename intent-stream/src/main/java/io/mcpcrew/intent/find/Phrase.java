package io.mcpcrew.intent.find;

import java.util.ArrayList;
import java.util.List;

/// Words to look for, compared without case and accents. `entreg*` stands for every word that
/// begins so.
record Phrase(String text, List<String> words) {

  static Phrase of(String text) {
    boolean open = text.endsWith("*");
    List<String> words = Words.of(text).list();
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a phrase needs a word: '" + text + "'");
    }
    if (!open) {
      return new Phrase(text, words);
    }
    List<String> opened = new ArrayList<>(words);
    opened.set(opened.size() - 1, opened.getLast() + "*");
    return new Phrase(text, List.copyOf(opened));
  }

  boolean matches(List<String> found) {
    if (found.size() != words.size()) {
      return false;
    }
    for (int i = 0; i < words.size(); i++) {
      String wanted = words.get(i);
      boolean same =
          wanted.endsWith("*")
              ? found.get(i).startsWith(wanted.substring(0, wanted.length() - 1))
              : found.get(i).equals(wanted);
      if (!same) {
        return false;
      }
    }
    return true;
  }
}
