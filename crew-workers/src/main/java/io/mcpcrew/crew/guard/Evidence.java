package io.mcpcrew.crew.guard;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a reply of this turn may rest on: what tools answered, what the account knows, and what the
/// customer wrote. Immutable.
///
/// @param texts folded, one after the other
public record Evidence(
    Set<BigDecimal> numbers, Set<Numbers.Day> days, Set<Numbers.Hour> hours, String texts) {
  public static final Evidence NONE = new Evidence(Set.of(), Set.of(), Set.of(), "");

  public Evidence {
    numbers = Set.copyOf(numbers);
    days = Set.copyOf(days);
    hours = Set.copyOf(hours);
  }

  /// With a text that a customer, a person of the company or the account's settings wrote.
  public Evidence and(String text, ZoneId zone) {
    return with(List.of(text), zone);
  }

  /// With the structured result of a tool. How many there are of something may be said too.
  public Evidence and(Map<String, Object> result, ZoneId zone) {
    List<Object> values = new ArrayList<>();
    flatten(result, values);
    return with(values, zone);
  }

  private Evidence with(List<?> values, ZoneId zone) {
    Set<BigDecimal> allNumbers = new HashSet<>(numbers);
    Set<Numbers.Day> allDays = new HashSet<>(days);
    Set<Numbers.Hour> allHours = new HashSet<>(hours);
    var allTexts = new StringBuilder(texts);
    for (Object value : values) {
      if (value instanceof Number number) {
        allNumbers.add(Numbers.plain(new BigDecimal(number.toString())));
      } else {
        String text = String.valueOf(value);
        String folded = Folded.of(text);
        Numbers.Found found = Numbers.inFolded(folded);
        allNumbers.addAll(found.anyReading());
        allDays.addAll(found.days());
        allHours.addAll(found.hours());
        Numbers.instants(text)
            .forEach(instant -> {
              var there = instant.atZone(zone);
              allDays.add(
                  new Numbers.Day(there.getDayOfMonth(), there.getMonthValue(), there.getYear()));
              allHours.add(new Numbers.Hour(there.getHour(), there.getMinute()));
            });
        allTexts.append('\n').append(folded);
      }
    }
    return new Evidence(allNumbers, allDays, allHours, allTexts.toString());
  }

  private static void flatten(Object value, List<Object> values) {
    switch (value) {
      case Map<?, ?> map -> map.values().forEach(inner -> flatten(inner, values));
      case List<?> list -> {
        values.add(list.size());
        list.forEach(inner -> flatten(inner, values));
      }
      default -> values.add(value);
    }
  }
}
