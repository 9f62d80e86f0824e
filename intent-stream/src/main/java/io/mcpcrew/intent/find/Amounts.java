package io.mcpcrew.intent.find;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/// Amounts as people write them: `1.234,56`, `1,234.56`, `1234.5`, `2 mil`.
final class Amounts {
  private static final int LONGEST = 18;

  private Amounts() {}

  static Optional<String> of(String number, String currency, boolean thousands) {
    if (number.length() > LONGEST) {
      return Optional.empty();
    }
    BigDecimal amount = new BigDecimal(plain(number));
    if (thousands) {
      amount = amount.multiply(BigDecimal.valueOf(1_000));
    }
    return Optional.of(currency + " " + amount.setScale(2, RoundingMode.HALF_UP).toPlainString());
  }

  /// The last separator is the decimal one, unless exactly three digits follow it.
  private static String plain(String number) {
    int last = Math.max(number.lastIndexOf('.'), number.lastIndexOf(','));
    boolean decimals = last >= 0 && number.length() - last - 1 != 3;
    String whole = (decimals ? number.substring(0, last) : number).replaceAll("[.,]", "");
    return decimals ? whole + "." + number.substring(last + 1) : whole;
  }
}
