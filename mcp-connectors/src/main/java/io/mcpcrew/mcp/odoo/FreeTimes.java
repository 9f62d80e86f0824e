package io.mcpcrew.mcp.odoo;

import io.mcpcrew.runtime.tenant.Opening;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Which times of a day are free: on the full hour, when people are there, and nothing else is in
/// the calendar. Pure.
final class FreeTimes {
  /// More of them nobody reads.
  private static final int MOST = 10;

  /// Of a company that does not say when it is open.
  private static final Opening USUAL =
      new Opening(
          List.of(
              new Opening.Hours(
                  EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                  LocalTime.of(8, 0),
                  LocalTime.of(18, 0))),
          Set.of());

  /// Something that is in the calendar.
  record Busy(Instant start, Instant end) {}

  private FreeTimes() {}

  static List<ZonedDateTime> on(
      LocalDate day, ZoneId zone, Opening opening, List<Busy> taken, Duration length, Instant now) {
    Opening hours =
        opening.hours().isEmpty() ? new Opening(USUAL.hours(), opening.holidays()) : opening;
    return IntStream.range(0, 24)
        .mapToObj(hour -> day.atTime(hour, 0).atZone(zone))
        .filter(start -> start.toInstant().isAfter(now))
        .filter(start -> hours.isOpen(start) && hours.isOpen(start.plus(length).minusMinutes(1)))
        .filter(start -> taken.stream().noneMatch(busy -> overlap(busy, start, length)))
        .limit(MOST)
        .toList();
  }

  private static boolean overlap(Busy busy, ZonedDateTime start, Duration length) {
    return busy.start().isBefore(start.plus(length).toInstant())
        && busy.end().isAfter(start.toInstant());
  }
}
