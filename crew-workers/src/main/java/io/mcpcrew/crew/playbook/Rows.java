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
import org.jspecify.annotations.Nullable;

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
    var written = new Written(language);
    return list.stream()
        .filter(Map.class::isInstance)
        .map(row -> row((Map<?, ?>) row, written))
        .toList();
  }

  static Map<String, Object> row(Map<?, ?> row, String language) {
    return row(row, new Written(language));
  }

  private static Map<String, Object> row(Map<?, ?> row, Written written) {
    Map<String, Object> readable = new HashMap<>();
    String currency = String.valueOf(Objects.requireNonNullElse(row.get("currency"), "BRL"));
    for (var entry : row.entrySet()) {
      Object value = entry.getValue();
      if (value == null) {
        continue;
      }
      String name = String.valueOf(entry.getKey());
      readable.put(name, value);
      if (value instanceof Number number) {
        var exact = new BigDecimal(number.toString());
        readable.put(name + "_money", written.money(exact, currency));
        readable.put(name + "_number", written.number(exact));
      } else if (value instanceof String text) {
        Matcher time = TIME.matcher(text);
        if (time.lookingAt()) {
          readable.put(name + "_date", written.date(DAY.parse(time.group(1), LocalDate::from)));
          readable.put(name + "_time", time.group(2) == null ? "" : time.group(2));
        }
      }
    }
    return readable;
  }

  /// As a language writes things, for one thread. A format is made when the first number comes, and
  /// then once for all rows.
  private static final class Written {
    private final String language;
    private final Locale locale;
    private @Nullable NumberFormat numbers;
    private @Nullable NumberFormat sums;

    Written(String language) {
      this.language = language;
      this.locale = locale(language);
    }

    String number(BigDecimal number) {
      if (numbers == null) {
        numbers = NumberFormat.getInstance(locale);
      }
      return numbers.format(number);
    }

    String date(LocalDate day) {
      String pattern = language.equals("en") ? "EEE, MMM d, yyyy" : "EEE dd/MM/yyyy";
      return DateTimeFormatter.ofPattern(pattern, locale).format(day);
    }

    String money(BigDecimal amount, String currency) {
      if (sums == null) {
        sums = NumberFormat.getCurrencyInstance(locale);
      }
      try {
        sums.setCurrency(Currency.getInstance(currency));
      } catch (IllegalArgumentException notACurrency) {
        return (currency + " " + plain(amount)).strip();
      }
      // Chats show the no-break space as any other sign; a plain one can be searched for.
      return sums.format(amount).replace('\u00a0', ' ').replace('\u202f', ' ');
    }

    private String plain(BigDecimal amount) {
      NumberFormat format = NumberFormat.getInstance(locale);
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
}
