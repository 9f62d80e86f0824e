package io.mcpcrew.intent.find;

import java.util.List;
import java.util.Map;

/// Tells Portuguese, English and Spanish apart. Most messages are a few words long, so the tenant's
/// own language is assumed until the words say otherwise, and says less the longer the message.
final class Languages {
  /// Half of what one sure word says: any sure word of another language outweighs it.
  private static final double PRIOR = 1.0;

  /// Letters that only one of the languages has, at the weight of a sure word.
  private static final Map<String, String> LETTERS = Map.of("pt", "ãõçêôà", "es", "ñ¿¡");

  private static final int LETTER = 2;
  private static final int MOST_LETTERS = 2;

  private final Map<String, Map<String, Integer>> words;

  Languages(Map<String, Map<String, Integer>> words) {
    this.words = words;
  }

  String of(String text, List<Word> message, String tenants) {
    String best = tenants;
    double most = said(tenants, text, message) + PRIOR;
    for (String language : words.keySet()) {
      double said = said(language, text, message);
      if (said > most) {
        most = said;
        best = language;
      }
    }
    return best;
  }

  private double said(String language, String text, List<Word> message) {
    Map<String, Integer> weights = words.getOrDefault(language, Map.of());
    int said = 0;
    for (Word word : message) {
      said += weights.getOrDefault(word.plain(), 0);
    }
    return said + LETTER * letters(LETTERS.getOrDefault(language, ""), text);
  }

  private static int letters(String wanted, String text) {
    int found = 0;
    for (int i = 0; i < text.length() && found < MOST_LETTERS && !wanted.isEmpty(); i++) {
      if (text.charAt(i) > 127 && wanted.indexOf(Character.toLowerCase(text.charAt(i))) >= 0) {
        found++;
      }
    }
    return found;
  }
}
