package io.mcpcrew.intent.find;

import java.util.Arrays;

/// A text without case and accents that still knows where each character was written.
final class FoldedText {
  private final String text;
  private final String folded;
  private final int[] places;

  private FoldedText(String text, String folded, int[] places) {
    this.text = text;
    this.folded = folded;
    this.places = places;
  }

  static FoldedText of(String whole, int most) {
    String text = whole.substring(0, Math.min(most, whole.length()));
    var folded = new StringBuilder(text.length());
    int[] places = new int[text.length() + 1];
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      String plain = Fold.character(c);
      if (folded.length() + plain.length() >= places.length) {
        places = Arrays.copyOf(places, places.length * 2 + plain.length());
      }
      Arrays.fill(places, folded.length(), folded.length() + plain.length(), at);
      folded.append(plain);
      at += Character.charCount(c);
    }
    places[folded.length()] = text.length();
    return new FoldedText(text, folded.toString(), places);
  }

  String folded() {
    return folded;
  }

  int written(int place) {
    return places[place];
  }

  Mention mention(String kind, int start, int end) {
    int from = written(start);
    int to = written(end);
    return new Mention(kind, text.substring(from, to).strip(), from, to);
  }
}
