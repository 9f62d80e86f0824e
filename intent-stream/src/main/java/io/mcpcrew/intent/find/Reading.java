package io.mcpcrew.intent.find;

import java.util.List;

/// A customer's messages as read once for all tiers.
///
/// @param mentions what is named in them, in their order
public record Reading(String text, List<Word> words, String language, List<Mention> mentions) {
  /// Longer than any channel's message, except e-mails; of these the beginning is read.
  static final int LONGEST = 10_000;

  public Reading {
    words = List.copyOf(words);
    mentions = List.copyOf(mentions);
  }

  /// The messages as one text, a line each.
  static String joined(List<String> messages) {
    String text = String.join("\n", messages);
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }
}
