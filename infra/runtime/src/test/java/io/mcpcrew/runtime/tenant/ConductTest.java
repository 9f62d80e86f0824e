package io.mcpcrew.runtime.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpcrew.runtime.tenant.Opening.Hours;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConductTest {
  private static final Opening SHOP =
      new Opening(
          List.of(
              new Hours(
                  EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                  LocalTime.of(8, 0),
                  LocalTime.of(18, 0)),
              new Hours(Set.of(DayOfWeek.SATURDAY), LocalTime.of(8, 0), LocalTime.of(12, 0))),
          Set.of(LocalDate.of(2026, 12, 25)));

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T08:00, true",
    "2026-11-20T07:59:59, false",
    "2026-11-20T18:00, false",
    "2026-11-21T11:59, true",
    "2026-11-22T10:00, false",
    "2026-12-25T10:00, false"
  })
  void people_are_there_within_the_hours_and_not_on_holidays(String local, boolean open) {
    assertThat(SHOP.isOpen(at(local))).isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T18:30, 2026-11-21T08:00",
    "2026-11-21T13:00, 2026-11-23T08:00",
    "2026-12-24T20:00, 2026-12-26T08:00",
    "2026-11-23T05:00, 2026-11-23T08:00"
  })
  void who_comes_too_late_is_told_when_somebody_is_there_again(String local, String next) {
    assertThat(SHOP.next(at(local))).contains(at(next));
  }

  @Test
  void without_hours_somebody_is_always_there() {
    var always = new Opening(List.of(), Set.of());

    assertThat(always.isOpen(at("2026-11-22T03:00"))).isTrue();
    assertThat(always.next(at("2026-11-22T03:00"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "intent == 'order.status' && confidence > 0.5",
        "entities['order'].startsWith('S')",
        "channel in ['web', 'whatsapp'] && hour >= 9",
        "has(entities.order) && !open",
        "intent.matches('^order\\\\..*')"
      })
  void a_condition_sees_what_is_known_of_a_turn(String condition) {
    assertThat(Condition.of(condition).holds(sight(Map.of("order", "S00042")))).isTrue();
  }

  @Test
  void what_is_asked_for_and_not_there_makes_a_condition_false() {
    assertThat(Condition.of("entities['cpf'] == '1'").holds(sight(Map.of()))).isFalse();
    assertThat(Condition.of("entities['cpf'] != '1'").holds(sight(Map.of()))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "intent ==",
        "intent",
        "secret == 1",
        "[1, 2, 3].all(x, x > 0)",
        "[1, 2, 3].map(x, x * x).size() > 0",
        ""
      })
  void a_condition_that_is_no_such_thing_or_could_loop_is_refused_with_a_reason(String text) {
    assertThatThrownBy(() -> Condition.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("condition");
  }

  @Test
  void a_condition_that_is_too_long_is_refused_before_it_is_read() {
    assertThatThrownBy(() -> Condition.of("open && ".repeat(100) + "open"))
        .hasMessageContaining("1 to 500 characters");
  }

  private static Condition.Sight sight(Map<String, String> entities) {
    return new Condition.Sight(
        "order.status", 0.9, "whatsapp", "1", "pt", false, 20, 5, 3, 1, 0, entities);
  }

  private static ZonedDateTime at(String local) {
    return LocalDateTime.parse(local).atZone(ZoneId.of("America/Sao_Paulo"));
  }
}
