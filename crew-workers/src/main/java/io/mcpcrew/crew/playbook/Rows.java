package io.mcpcrew.crew.playbook;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a tool found, as templates use it: each number `x` is also there as `x_money` and
/// `x_number`, each day as `x_date` and each time of day as `x_time`, written as the customer's
/// language writes them.
final class Rows {
  /// The 31st of a short month is its last day.
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ISO_LOCAL_DATE.withResolverStyle(ResolverStyle.SMART);

  /// A day, and what stands behind it if that is an hour.
  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01]))(?:[T ](\\d{2}:\\d{2}))?");

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

  static Map<String, Object> row(Map<?, ?> row, String language) {
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
      } else if (value instanceof String text) {
        Matcher time = TIME.matcher(text);
        if (time.lookingAt()) {
          readable.put(name + "_date", date(DAY.parse(time.group(1), LocalDate::from), language));
          readable.put(name + "_time", time.group(2) == null ? "" : time.group(2));
        }
      }
    }
    return readable;
  }

  private static String date(LocalDate day, String language) {
    String pattern = language.equals("en") ? "EEE, MMM d, yyyy" : "EEE dd/MM/yyyy";
    return DateTimeFormatter.ofPattern(pattern, locale(language)).format(day);
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
