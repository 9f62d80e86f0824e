package io.mcpcrew.crew.guard;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Another price for what was priced before in the same conversation, or another day for what was
/// promised. Told by sentences that speak of the same thing.
final class Contradiction {
  private static final Pattern SENTENCE = Pattern.compile("(?<=[.!?])\\s+|\\n+");
  private static final Pattern MONEY =
      Pattern.compile(
          "(?:r\\$|us\\$|\\$|€)\\s?(\\d+(?:[.,]\\d+)*)|(\\d+(?:[.,]\\d+)*) ?(?:reais|dolares|dollars|pesos|euros)");
  private static final Pattern THING = Pattern.compile("\\p{L}{4,}");
  private static final Set<String> COMMON =
      Set.of(
          "custa",
          "custam",
          "preco",
          "price",
          "precio",
          "costs",
          "cost",
          "cuesta",
          "temos",
          "estoque",
          "stock",
          "unidades",
          "units",
          "reais",
          "valor",
          "value",
          "total",
          "para",
          "with",
          "from",
          "have",
          "esta",
          "esse",
          "essa",
          "este",
          "produto",
          "product",
          "producto",
          "pedido",
          "order",
          "voce",
          "mais",
          "alguma",
          "coisa",
          "posso",
          "ajudar",
          "hoje",
          "today",
          "cada",
          "each");

  private Contradiction() {}

  /// @param promised what we or people of the company said before, oldest first
  static Optional<String> find(String reply, List<String> promised) {
    if (promised.isEmpty()) {
      return Optional.empty();
    }
    for (String sentence : sentences(reply)) {
      Set<BigDecimal> now = money(sentence);
      if (now.isEmpty()) {
        continue;
      }
      Set<String> things = things(sentence);
      for (String line : promised.reversed()) {
        for (String before : sentences(line)) {
          Set<BigDecimal> then = money(before);
          boolean same = then.stream().anyMatch(now::contains);
          if (!then.isEmpty() && things(before).stream().filter(things::contains).count() >= 1) {
            if (!same) {
              return Optional.of("another price than before for the same");
            }
            // The latest word is the one that holds.
            return Optional.empty();
          }
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> sentences(String text) {
    return SENTENCE.splitAsStream(Folded.of(text)).toList();
  }

  private static Set<BigDecimal> money(String sentence) {
    Set<BigDecimal> amounts = new HashSet<>();
    Matcher match = MONEY.matcher(sentence);
    while (match.find()) {
      String written = match.group(1) == null ? match.group(2) : match.group(1);
      amounts.addAll(Numbers.in(written).anyReading());
    }
    return amounts;
  }

  private static Set<String> things(String sentence) {
    Set<String> things = new HashSet<>();
    Matcher match = THING.matcher(sentence);
    while (match.find()) {
      if (!COMMON.contains(match.group())) {
        things.add(match.group());
      }
    }
    return things;
  }
}
