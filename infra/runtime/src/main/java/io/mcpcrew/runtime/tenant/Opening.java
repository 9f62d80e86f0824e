package io.mcpcrew.runtime.tenant;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// When people of the company are there, by its own clock.
///
/// @param hours none for always
/// @param holidays on which nobody is there
public record Opening(List<Hours> hours, Set<LocalDate> holidays) {
  private static final int LOOKED_AHEAD_DAYS = 60;

  public Opening {
    hours = List.copyOf(hours);
    holidays = Set.copyOf(holidays);
  }

  /// @param to not included; after `from`, so what goes beyond midnight is two of them
  public record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
    public Hours {
      days = Set.copyOf(days);
      if (!from.isBefore(to) || days.isEmpty()) {
        throw new IllegalArgumentException(
            "opening hours need days and end after they begin: %s to %s".formatted(from, to));
      }
    }

    private boolean covers(ZonedDateTime at) {
      LocalTime time = at.toLocalTime();
      return days.contains(at.getDayOfWeek()) && !time.isBefore(from) && time.isBefore(to);
    }
  }

  public boolean isOpen(ZonedDateTime at) {
    boolean isWorkday = !holidays.contains(at.toLocalDate());
    return hours.isEmpty() || (isWorkday && hours.stream().anyMatch(h -> h.covers(at)));
  }

  /// Until when somebody is there today; nothing where there are no hours, or nobody is.
  public Optional<LocalTime> until(ZonedDateTime at) {
    return isOpen(at)
        ? hours.stream().filter(h -> h.covers(at)).map(Hours::to).max(Comparator.naturalOrder())
        : Optional.empty();
  }

  /// When somebody is there again; nothing while somebody is, or for weeks.
  public Optional<ZonedDateTime> next(ZonedDateTime at) {
    if (isOpen(at)) {
      return Optional.empty();
    }
    return Stream.iterate(at.toLocalDate(), day -> day.plusDays(1))
        .limit(LOOKED_AHEAD_DAYS)
        .filter(day -> !holidays.contains(day))
        .flatMap(day ->
            hours.stream()
                .filter(h -> h.days().contains(day.getDayOfWeek()))
                .map(h -> day.atTime(h.from()).atZone(at.getZone())))
        .filter(opens -> opens.isAfter(at))
        .min(Comparator.naturalOrder());
  }
}
