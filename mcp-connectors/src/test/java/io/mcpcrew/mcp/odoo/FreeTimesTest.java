package io.mcpcrew.mcp.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.runtime.tenant.Opening;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreeTimesTest {
  private static final ZoneId SAO_PAULO = ZoneId.of("America/Sao_Paulo");
  private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);
  private static final Instant BEFORE = Instant.parse("2026-11-20T15:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Opening NEVER_SAID = new Opening(List.of(), Set.of());

  private static List<String> on(
      LocalDate day, Opening opening, List<FreeTimes.Busy> taken, Duration length, Instant now) {
    return FreeTimes.on(day, SAO_PAULO, opening, taken, length, now).stream()
        .map(time -> time.toLocalTime().toString())
        .toList();
  }

  @Test
  void a_day_without_anything_is_free_on_each_full_hour_while_people_are_there() {
    assertThat(on(MONDAY, NEVER_SAID, List.of(), HOUR, BEFORE))
        .hasSize(10)
        .startsWith("08:00")
        .endsWith("17:00");
  }

  @Test
  void what_is_taken_and_what_would_reach_into_it_is_not_free() {
    var taken =
        new FreeTimes.Busy(
            Instant.parse("2026-11-23T13:30:00Z"), Instant.parse("2026-11-23T15:00:00Z"));

    assertThat(on(MONDAY, NEVER_SAID, List.of(taken), HOUR, BEFORE))
        .contains("09:00", "12:00")
        .doesNotContain("10:00", "11:00");
    assertThat(on(MONDAY, NEVER_SAID, List.of(taken), Duration.ofHours(2), BEFORE))
        .contains("08:00", "16:00")
        .doesNotContain("09:00", "17:00");
  }

  @Test
  void the_companys_hours_and_holidays_count_and_what_is_past_does_not() {
    var mornings =
        new Opening(
            List.of(
                new Opening.Hours(
                    Set.of(DayOfWeek.MONDAY), LocalTime.of(8, 0), LocalTime.of(12, 0))),
            Set.of(MONDAY.plusWeeks(1)));

    assertThat(on(MONDAY, mornings, List.of(), HOUR, BEFORE))
        .containsExactly("08:00", "09:00", "10:00", "11:00");
    assertThat(on(MONDAY, mornings, List.of(), HOUR, Instant.parse("2026-11-23T12:00:00Z")))
        .containsExactly("10:00", "11:00");
    assertThat(on(MONDAY.plusWeeks(1), mornings, List.of(), HOUR, BEFORE)).isEmpty();
    assertThat(on(MONDAY.plusDays(1), mornings, List.of(), HOUR, BEFORE)).isEmpty();
  }
}
