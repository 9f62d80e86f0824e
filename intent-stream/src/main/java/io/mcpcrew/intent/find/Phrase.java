package io.mcpcrew.intent.find;

import java.util.ArrayList;
import java.util.List;

/// Words to look for, one after the other. `rastre*` stands for every word that begins so.
record Phrase(String text, List<Part> parts) {

  /// @param plain folded
  /// @param open whether the word may go on
  record Part(String plain, boolean open) {}

  static Phrase of(String text) {
    List<String> words = Words.plain(text);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a phrase needs a word: '" + text + "'");
    }
    List<Part> parts = new ArrayList<>();
    for (String word : words) {
      parts.add(new Part(word, text.endsWith("*") && parts.size() == words.size() - 1));
    }
    return new Phrase(text, List.copyOf(parts));
  }
}
