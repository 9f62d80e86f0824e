package io.mcpcrew.crew.guard;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the numbers of a text as people write them: `R$ 1.234,56`, `1,234.56`, `12/03/2026`, `12
/// de março`, `14h30`, `S00042`, `trezentos e quarenta e nove`.
final class Numbers {
  /// @param year 0 where the text does not say it
  record Day(int day, int month, int year) {
    boolean isSame(Day other) {
      return day == other.day
          && month == other.month
          && (year == 0 || other.year == 0 || year == other.year);
    }
  }

  record Hour(int hour, int minute) {}

  /// A number with all that it may mean: `1.234` is a thousand to some and one and a bit to others.
  record Reading(String written, Set<BigDecimal> values) {}

  /// @param codes letters and digits together, as in `S00042`, folded
  record Found(List<Reading> readings, List<Day> days, List<Hour> hours, List<String> codes) {
    Set<BigDecimal> anyReading() {
      Set<BigDecimal> all = new HashSet<>();
      readings.forEach(reading -> all.addAll(reading.values()));
      return all;
    }
  }

  private static final Pattern ISO_DAY = Pattern.compile("\\b(\\d{4})-(\\d{2})-(\\d{2})(?!\\d)");
  private static final Pattern ISO_TIME =
      Pattern.compile("\\b(\\d{4}-\\d{2}-\\d{2})[T ](\\d{2}:\\d{2})(:\\d{2})?");
  private static final Pattern DAY =
      Pattern.compile(
          "(?<![\\d/.,])(\\d{1,2})[/.](\\d{1,2})(?:[/.](\\d{4}|\\d{2}))?(?![\\d/]|[.,]\\d)");
  private static final Map<String, Integer> MONTHS = NumberWords.months();
  private static final Pattern NAMED_DAY =
      Pattern.compile(
          "(?<!\\d)(\\d{1,2})(?:º|o|st|nd|rd|th)? (?:de |of )?("
              + String.join("|", MONTHS.keySet())
              + ")\\b(?:,? (?:de |del )?(\\d{4}))?");
  private static final Pattern NAMED_DAY_ENGLISH =
      Pattern.compile(
          "\\b("
              + String.join("|", MONTHS.keySet())
              + ") (\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,? (\\d{4}))?");
  private static final Pattern HOUR =
      Pattern.compile(
          "(?<![\\d:])(\\d{1,2})(?:(?::|h)(\\d{2})(?::\\d{2})?(?:min|h)?|h(?:s|rs|oras)?)(?![\\w:])|(?<!\\d)(\\d{1,2}) ?(am|pm)\\b");
  private static final Pattern CODE =
      Pattern.compile(
          "(?<![\\p{L}\\d])(?=[a-z0-9-]*\\d)([a-z]+[a-z0-9]*(?:-[a-z0-9]+)*)(?![\\p{L}\\d])");
  private static final Pattern NUMBER = Pattern.compile("(?<![\\d])\\d+(?:[.,]\\d+)*");

  private static final Pattern GROUPS = Pattern.compile("\\d{1,3}([.,]\\d{3})+");

  private Numbers() {}

  static Found in(String text) {
    return inFolded(Folded.of(text));
  }

  static Found inFolded(String folded) {
    return in(folded, Notations.of(folded));
  }

  /// @param may what the text can hold
  static Found in(String folded, Notations may) {
    if (!may.digits()) {
      return new Found(NumberWords.in(folded), List.of(), List.of(), List.of());
    }
    String rest = folded;
    List<Day> days = new ArrayList<>();
    List<Hour> hours = new ArrayList<>();
    List<String> codes = new ArrayList<>();
    if (may.dashes()) {
      rest = taken(rest, ISO_DAY, m -> day(days, m.group(3), m.group(2), m.group(1)));
    }
    if (may.months()) {
      rest = taken(rest, NAMED_DAY, m -> named(days, m.group(1), m.group(2), m.group(3)));
      rest = taken(rest, NAMED_DAY_ENGLISH, m -> named(days, m.group(2), m.group(1), m.group(3)));
    }
    if (may.parts()) {
      rest =
          taken(
              rest,
              DAY,
              m ->
                  (m.group(3) != null || m.group().contains("/"))
                      && day(days, m.group(1), m.group(2), m.group(3)));
    }
    if (may.hours()) {
      rest = taken(rest, HOUR, m -> hour(hours, m));
    }
    if (may.codes()) {
      rest = taken(rest, CODE, m -> codes.add(m.group(1)));
    }
    List<Reading> readings = new ArrayList<>();
    taken(rest, NUMBER, m -> readings.add(reading(m.group())));
    readings.addAll(NumberWords.in(rest));
    return new Found(readings, days, hours, codes);
  }

  /// Points in time with date and hour, as systems write them; in UTC.
  static List<Instant> instants(String text) {
    if (text.indexOf(':') < 0) {
      return List.of();
    }
    List<Instant> instants = new ArrayList<>();
    Matcher match = ISO_TIME.matcher(text);
    while (match.find()) {
      try {
        instants.add(
            LocalDateTime.parse(match.group(1) + "T" + match.group(2)).toInstant(ZoneOffset.UTC));
      } catch (DateTimeException notATime) {
        // As good as not written.
      }
    }
    return instants;
  }

  /// One and the same for `12`, `12.0` and `12.00`.
  static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  @FunctionalInterface
  private interface Taking {
    /// False leaves the match to who comes after.
    boolean take(Matcher match);
  }

  private static String taken(String text, Pattern pattern, Taking taking) {
    Matcher match = pattern.matcher(text);
    if (!match.find()) {
      return text;
    }
    var rest = new StringBuilder();
    do {
      String left = taking.take(match) ? " \u00b7 " : match.group();
      match.appendReplacement(rest, Matcher.quoteReplacement(left));
    } while (match.find());
    return match.appendTail(rest).toString();
  }

  private static boolean named(
      List<Day> days, String day, String month, @org.jspecify.annotations.Nullable String year) {
    return day(days, day, String.valueOf(MONTHS.get(month)), year);
  }

  private static boolean day(
      List<Day> days, String day, String month, @org.jspecify.annotations.Nullable String year) {
    int d = Integer.parseInt(day);
    int m = Integer.parseInt(month);
    int y = year == null ? 0 : Integer.parseInt(year);
    if (d < 1 || d > 31 || m < 1 || m > 12) {
      return false;
    }
    return days.add(new Day(d, m, y > 0 && y < 100 ? 2000 + y : y));
  }

  private static boolean hour(List<Hour> hours, Matcher match) {
    boolean twelve = match.group(3) != null;
    int hour = Integer.parseInt(twelve ? match.group(3) : match.group(1));
    int minute = match.group(2) == null ? 0 : Integer.parseInt(match.group(2));
    if (twelve) {
      hour = hour % 12 + ("pm".equals(match.group(4)) ? 12 : 0);
    }
    return hour <= 24 && minute < 60 && hours.add(new Hour(hour, minute));
  }

  /// With one kind of separator it may stand for thousands or for decimals; with two, the last is
  /// that of decimals.
  private static Reading reading(String written) {
    Set<BigDecimal> values = new HashSet<>();
    int dot = written.lastIndexOf('.');
    int comma = written.lastIndexOf(',');
    String digits = written.replaceAll("[.,]", "");
    int last = Math.max(dot, comma);
    if (last < 0) {
      values.add(new BigDecimal(digits));
    } else if (dot >= 0 && comma >= 0) {
      values.add(decimal(written, last));
    } else {
      boolean once = written.indexOf(written.charAt(last)) == last;
      boolean groups = GROUPS.matcher(written).matches();
      if (once) {
        values.add(decimal(written, last));
      }
      if (groups || !once) {
        values.add(new BigDecimal(digits));
      }
    }
    Set<BigDecimal> plain = new HashSet<>();
    values.forEach(value -> plain.add(plain(value)));
    return new Reading(written, Set.copyOf(plain));
  }

  private static BigDecimal decimal(String written, int at) {
    return new BigDecimal(
        written.substring(0, at).replaceAll("[.,]", "") + "." + written.substring(at + 1));
  }
}
