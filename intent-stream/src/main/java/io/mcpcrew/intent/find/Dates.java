package io.mcpcrew.intent.find;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.MatchResult;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Dates in words, as the tenant's calendar has them on the day of the message. A day of the week
/// is the next one after today, a day of the month the next one from today, and a date without its
/// year the one that is nearest.
final class Dates {
  private static final Map<String, Integer> DAYS =
      Map.ofEntries(
          Map.entry("hoje", 0),
          Map.entry("today", 0),
          Map.entry("hoy", 0),
          Map.entry("amanha", 1),
          Map.entry("tomorrow", 1),
          Map.entry("ontem", -1),
          Map.entry("yesterday", -1),
          Map.entry("ayer", -1),
          Map.entry("anteontem", -2),
          Map.entry("anteayer", -2));

  private static final Map<String, DayOfWeek> WEEK =
      named(
          DayOfWeek::of,
          "segunda terca quarta quinta sexta sabado domingo",
          "monday tuesday wednesday thursday friday saturday sunday",
          "lunes martes miercoles jueves viernes sabado domingo");

  private static final Map<String, Month> MONTHS =
      named(
          Month::of,
          "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
          "january february march april may june july august september october november december",
          "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre");

  private static final Set<String> NO_DAYS_AFTER =
      Set.of("via", "vias", "vez", "opcao", "parte", "linha", "fila", "mao");
  private static final Set<String> PAST = Set.of("passada", "passado", "pasado", "last", "ultima");
  private static final Set<String> TO = Set.of("a", "ate", "to", "til", "hasta");
  private static final Set<String> OF = Set.of("de", "del", "of");
  private static final Set<String> DAY = Set.of("dia", "day");
  private static final Set<String> ORDINALS = Set.of("st", "nd", "rd", "th");
  private static final Set<String> AHEAD = Set.of("em", "a", "in", "en", "de", "within");
  private static final Set<String> AGO = Set.of("ha", "faz", "hace");
  private static final Map<String, Integer> SPANS =
      Map.of(
          "dia", 1, "dias", 1, "day", 1, "days", 1, "semana", 7, "semanas", 7, "week", 7, "weeks",
          7);

  private final List<Word> words;
  private final String language;
  private final LocalDate today;
  private final List<Mention> found = new ArrayList<>();

  Dates(List<Word> words, String language, LocalDate today) {
    this.words = words;
    this.language = language;
    this.today = today;
  }

  private static <T> Map<String, T> named(IntFunction<T> of, String... languages) {
    Map<String, T> names = new HashMap<>();
    for (String language : languages) {
      List<String> list = List.of(language.split(" ", -1));
      IntStream.range(0, list.size()).forEach(i -> names.put(list.get(i), of.apply(i + 1)));
    }
    return Map.copyOf(names);
  }

  List<Mention> all() {
    int at = 0;
    while (at < words.size()) {
      at = Math.max(at + 1, end(at));
    }
    return found;
  }

  /// Where the date that begins here ends; here, if none does.
  private int end(int at) {
    return relative(at)
        .or(() -> inAMonth(at))
        .or(() -> span(at))
        .or(() -> ofTheMonth(at))
        .or(() -> ofTheWeek(at))
        .orElse(at);
  }

  private Optional<Integer> relative(int at) {
    if (isAt(at, Set.of("depois", "day", "pasado"))) {
      int last = isAt(at, Set.of("pasado")) ? at + 1 : at + 2;
      if (isAt(last, Set.of("amanha", "tomorrow", "manana"))) {
        return date(at, last, today.plusDays(2));
      }
    }
    boolean manana =
        language.equals("es") && isAt(at, Set.of("manana")) && !isAt(at - 1, Set.of("la"));
    Integer days = manana ? Integer.valueOf(1) : DAYS.get(plain(at));
    return days == null ? Optional.empty() : date(at, at, today.plusDays(days));
  }

  /// `15 de dezembro de 2026`, `december 15th`, `15 december`.
  private Optional<Integer> inAMonth(int at) {
    Month first = MONTHS.get(plain(at));
    if (first != null) {
      return inAMonth(at, at + 1, day(at + 1), first);
    }
    int month = isAt(at + 1, OF) ? at + 2 : at + 1;
    Month second = MONTHS.get(plain(month));
    return second == null ? Optional.empty() : inAMonth(at, month, day(at), second);
  }

  private Optional<Integer> inAMonth(int at, int last, int day, Month month) {
    if (day == 0) {
      return Optional.empty();
    }
    int yearAt = isAt(last + 1, OF) ? last + 2 : last + 1;
    boolean hasYear = plain(yearAt).length() == 4 && number(yearAt) >= 1900;
    return (hasYear
            ? exact(number(yearAt), month.getValue(), day)
            : nearest(month.getValue(), day, today))
        .flatMap(date -> date(at, hasYear ? yearAt : last, date));
  }

  /// `daqui a 3 dias`, `há 2 semanas`, `3 days ago`.
  private Optional<Integer> span(int at) {
    int many = number(at);
    Integer length = SPANS.get(plain(at + 1));
    if (many < 1 || many > 400 || length == null) {
      return Optional.empty();
    }
    if (isAt(at - 1, AGO) || isAt(at + 2, Set.of("ago", "atras"))) {
      return date(at, at + 1, today.minusDays((long) many * length));
    }
    return isAt(at - 1, AHEAD)
        ? date(at, at + 1, today.plusDays((long) many * length))
        : Optional.empty();
  }

  private Optional<Integer> ofTheMonth(int at) {
    boolean ordinal = isOrdinal(plain(at));
    int place = ordinal ? at : at + 1;
    int day = day(place);
    if (day == 0 || !(ordinal || isAt(at, DAY))) {
      return Optional.empty();
    }
    return IntStream.range(0, 12)
        .mapToObj(i -> today.withDayOfMonth(1).plusMonths(i))
        .flatMap(month -> exact(month.getYear(), month.getMonthValue(), day).stream())
        .filter(date -> !date.isBefore(today))
        .findFirst()
        .flatMap(date -> date(at, place, date));
  }

  private Optional<Integer> ofTheWeek(int at) {
    DayOfWeek day = WEEK.get(plain(at));
    if (day == null || isAt(at + 1, NO_DAYS_AFTER)) {
      return Optional.empty();
    }
    int last = isAt(at + 1, Set.of("feira")) ? at + 1 : at;
    if (isAt(last + 1, TO) && WEEK.containsKey(plain(last + 2))) {
      return Optional.of(last + 3); // from Monday to Friday is no date
    }
    boolean past = isAt(last + 1, PAST) || isAt(at - 1, PAST);
    LocalDate date =
        today.with(past ? TemporalAdjusters.previous(day) : TemporalAdjusters.next(day));
    return date(at, past && isAt(last + 1, PAST) ? last + 1 : last, date);
  }

  private Optional<Integer> date(int first, int last, LocalDate date) {
    found.add(
        new Mention("date", date.toString(), words.get(first).start(), words.get(last).end()));
    return Optional.of(last + 1);
  }

  private String plain(int at) {
    return at >= 0 && at < words.size() ? words.get(at).plain() : "";
  }

  private boolean isAt(int at, Set<String> wanted) {
    return wanted.contains(plain(at));
  }

  private int number(int at) {
    String plain = plain(at);
    boolean number = !plain.isEmpty() && plain.length() <= 4 && words.get(at).isNumber();
    return number ? Integer.parseInt(plain) : 0;
  }

  /// `1st`, `25th`.
  private static boolean isOrdinal(String plain) {
    int digits = plain.length() - 2;
    return (digits == 1 || digits == 2)
        && ORDINALS.contains(plain.substring(digits))
        && plain.chars().limit(digits).allMatch(c -> c >= '0' && c <= '9');
  }

  private int day(int at) {
    String plain = plain(at);
    boolean ordinal = isOrdinal(plain);
    int day = ordinal ? Integer.parseInt(plain.substring(0, plain.length() - 2)) : number(at);
    return day >= 1 && day <= 31 ? day : 0;
  }

  // Dates in digits

  /// @param m first part, separator, second part, and perhaps a year
  static Optional<LocalDate> written(MatchResult m, boolean monthFirst, LocalDate today) {
    String first = m.group(1);
    @Nullable String third = m.group(4);
    if (first.length() == 4) {
      return third == null || third.length() > 2
          ? Optional.empty()
          : exact(Integer.parseInt(first), Integer.parseInt(m.group(3)), Integer.parseInt(third));
    }
    if (first.length() > 2 || (third == null && !isDayAndMonth(m))) {
      return Optional.empty();
    }
    int one = Integer.parseInt(first);
    int two = Integer.parseInt(m.group(3));
    boolean turned = two > 12 || (monthFirst && one <= 12);
    int day = turned ? two : one;
    int month = turned ? one : two;
    return third == null ? nearest(month, day, today) : exact(year(third), month, day);
  }

  /// `3/4` is a fraction of an inch, `24/7` is always; `15/12` and `05/1` are dates.
  private static boolean isDayAndMonth(MatchResult m) {
    boolean twoDigits = m.group(1).length() == 2 || m.group(3).length() == 2;
    boolean fraction = m.group(1).length() == 1 && Integer.parseInt(m.group(3)) == 16;
    return m.group(2).equals("/") && twoDigits && !fraction && !m.group().equals("24/7");
  }

  private static int year(String written) {
    int year = Integer.parseInt(written);
    return written.length() == 2 ? 2000 + year : year;
  }

  private static Optional<LocalDate> nearest(int month, int day, LocalDate today) {
    return IntStream.rangeClosed(today.getYear() - 1, today.getYear() + 1)
        .mapToObj(year -> exact(year, month, day))
        .flatMap(Optional::stream)
        .min(Comparator.comparingLong(date -> Math.abs(ChronoUnit.DAYS.between(today, date))));
  }

  private static Optional<LocalDate> exact(int year, int month, int day) {
    try {
      return year < 1900 || year > 2200
          ? Optional.empty()
          : Optional.of(LocalDate.of(year, month, day));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }
}
