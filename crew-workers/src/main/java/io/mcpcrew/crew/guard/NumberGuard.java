package io.mcpcrew.crew.guard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Every number of a reply comes from a tool's result, from what the account knows or from the
/// customer; what was added up, guessed or remembered by a model does not.
final class NumberGuard {
  /// The numbering of a list's lines says nothing about the world.
  private static final Pattern LINE_NUMBER = Pattern.compile("(?m)^\\s*\\d{1,2}[.)º-](?=\\s)");

  private NumberGuard() {}

  /// The numbers of the reply that nothing supports, as they are written.
  static List<String> unsupported(String reply, Evidence evidence) {
    Numbers.Found said = Numbers.in(LINE_NUMBER.matcher(reply).replaceAll(" "));
    List<String> unsupported = new ArrayList<>();
    for (Numbers.Reading reading : said.readings()) {
      if (reading.values().stream().noneMatch(value -> isSupported(value, evidence))) {
        unsupported.add(reading.written());
      }
    }
    for (Numbers.Day day : said.days()) {
      if (evidence.days().stream().noneMatch(day::isSame)) {
        unsupported.add(written(day));
      }
    }
    for (Numbers.Hour hour : said.hours()) {
      if (!evidence.hours().contains(hour)
          && !(hour.minute() == 0
              && evidence.numbers().contains(BigDecimal.valueOf(hour.hour())))) {
        unsupported.add("%d:%02d".formatted(hour.hour(), hour.minute()));
      }
    }
    for (String code : said.codes()) {
      if (!evidence.texts().contains(code)) {
        unsupported.add(code);
      }
    }
    return unsupported;
  }

  /// As it is, or rounded to the cents that a reply shows.
  private static boolean isSupported(BigDecimal value, Evidence evidence) {
    if (evidence.numbers().contains(value)) {
      return true;
    }
    return evidence.numbers().stream()
        .filter(known -> known.scale() > 2)
        .anyMatch(known ->
            known.setScale(2, RoundingMode.HALF_EVEN).compareTo(value) == 0
                || known.setScale(2, RoundingMode.HALF_UP).compareTo(value) == 0);
  }

  private static String written(Numbers.Day day) {
    return day.year() == 0
        ? "%02d/%02d".formatted(day.day(), day.month())
        : "%02d/%02d/%d".formatted(day.day(), day.month(), day.year());
  }
}
