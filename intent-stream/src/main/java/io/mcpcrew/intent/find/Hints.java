package io.mcpcrew.intent.find;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a message's words say about the conversation rather than about a wish.
public final class Hints {
  /// Automatic answers say so at once.
  private static final int LOOKED_AT = 300;

  private static final List<String> AUTOMATIC =
      List.of(
          "resposta automatica",
          "mensagem automatica",
          "e-mail automatico",
          "estou fora do escritorio",
          "estarei fora do escritorio",
          "estou de ferias",
          "automatic reply",
          "automatic response",
          "auto-reply",
          "autoreply",
          "out of office",
          "out of the office",
          "respuesta automatica",
          "mensaje automatico",
          "fuera de la oficina");

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  private Hints() {}

  /// Whether a machine wrote it: who answers machines is answered by machines.
  public static boolean isAutomatic(String text) {
    String begins = plain(text.substring(0, Math.min(text.length(), LOOKED_AT)));
    return AUTOMATIC.stream().anyMatch(begins::contains);
  }

  /// Whether a message ends with one of the phrases, so that no other is to come.
  public static boolean finishes(String text, List<String> phrases) {
    String last = words(text.substring(Math.max(0, text.length() - LOOKED_AT)));
    return phrases.stream().map(Hints::words).anyMatch(p -> !p.isEmpty() && endsWith(last, p));
  }

  private static boolean endsWith(String text, String phrase) {
    return text.equals(phrase) || text.endsWith(" " + phrase);
  }

  private static String words(String text) {
    return NO_WORD.matcher(plain(text)).replaceAll(" ").strip();
  }

  private static String plain(String text) {
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
    return MARKS.matcher(decomposed).replaceAll("").toLowerCase(Locale.ROOT);
  }
}
