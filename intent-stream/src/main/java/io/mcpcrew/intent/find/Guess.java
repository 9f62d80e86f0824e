package io.mcpcrew.intent.find;

import java.util.List;

/// A tier's word on what some of a message's words mean.
///
/// @param confidence how many of a hundred such guesses are right: see [IntentTier]
/// @param because for who asks why
/// @param first word that says so, and the last
/// @param asksOnly whether these words only ask, and are no part of what is asked about
/// @param mentions what the tier itself found named, beside what is found for all
public record Guess(
    String intent,
    String crew,
    Manner manner,
    double confidence,
    String because,
    int first,
    int last,
    boolean asksOnly,
    List<Mention> mentions) {
  public Guess {
    mentions = List.copyOf(mentions);
  }

  int length() {
    return last - first + 1;
  }
}
