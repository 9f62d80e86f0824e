package io.mcpcrew.crew.playbook;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// What a tool found, as templates use it: each number `x` is also there as `x_money` and
/// `x_number`, written as the customer's language writes them.
final class Rows {
  private Rows() {}

  static List<Map<String, Object>> of(Object found, String language) {
    if (!(found instanceof List<?> list)) {
      return List.of();
    }
    return list.stream()
        .filter(Map.class::isInstance)
        .map(row -> row((Map<?, ?>) row, language))
        .toList();
  }

  private static Map<String, Object> row(Map<?, ?> row, String language) {
    Map<String, Object> readable = new HashMap<>();
    Object currency = Objects.requireNonNullElse(row.get("currency"), "BRL");
    for (var entry : row.entrySet()) {
      Object value = entry.getValue();
      if (value == null) {
        continue;
      }
      String name = String.valueOf(entry.getKey());
      readable.put(name, value);
      if (value instanceof Number number) {
        var exact = new BigDecimal(number.toString());
        readable.put(name + "_money", money(exact, String.valueOf(currency), language));
        readable.put(name + "_number", NumberFormat.getInstance(locale(language)).format(exact));
      }
    }
    return readable;
  }

  private static String money(BigDecimal amount, String currency, String language) {
    NumberFormat format = NumberFormat.getCurrencyInstance(locale(language));
    try {
      format.setCurrency(Currency.getInstance(currency));
    } catch (IllegalArgumentException notACurrency) {
      return (currency + " " + plain(amount, language)).strip();
    }
    // Chats show the no-break space as any other sign; a plain one can be searched for.
    return format.format(amount).replace('\u00a0', ' ').replace('\u202f', ' ');
  }

  private static String plain(BigDecimal amount, String language) {
    NumberFormat format = NumberFormat.getInstance(locale(language));
    format.setMinimumFractionDigits(2);
    format.setMaximumFractionDigits(2);
    return format.format(amount);
  }

  private static Locale locale(String language) {
    return switch (language) {
      case "en" -> Locale.forLanguageTag("en-US");
      case "es" -> Locale.forLanguageTag("es-419");
      default -> Locale.forLanguageTag("pt-BR");
    };
  }
}
