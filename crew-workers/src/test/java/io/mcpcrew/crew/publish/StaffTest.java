package io.mcpcrew.crew.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.runtime.tenant.Opening;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StaffTest {
  private static final ZoneId SAO_PAULO = ZoneId.of("America/Sao_Paulo");
  private static final Instant FRIDAY_NOON = Instant.parse("2026-11-20T15:00:00Z");
  private static final Instant SUNDAY = Instant.parse("2026-11-22T15:00:00Z");
  private static final Staff NOBODY = new Staff(true, Optional.empty(), List.of());
  private static final Opening HOURS =
      new Opening(
          List.of(
              new Opening.Hours(Set.of(DayOfWeek.FRIDAY), LocalTime.of(8, 0), LocalTime.of(18, 0))),
          Set.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pt | No momento ninguém da equipe está on-line; quem voltar primeiro responde por aqui. Hoje atendemos até as 18:00.",
        "en | Nobody of the team is online right now; whoever comes back first answers here. We are here until 18:00 today.",
        "es | Ahora nadie del equipo está en línea; quien vuelva primero le responderá por aquí. Hoy atendemos hasta las 18:00."
      })
  void while_the_company_is_open_and_nobody_is_there_the_customer_reads_until_when(
      String language, String sentence) {
    assertThat(NOBODY.absence(language, HOURS, FRIDAY_NOON, SAO_PAULO)).contains(sentence);
  }

  @Test
  void where_somebody_is_there_or_the_company_is_closed_or_nobody_knows_nothing_is_said() {
    Staff somebody = new Staff(true, Optional.empty(), List.of(3L));

    assertThat(somebody.absence("pt", HOURS, FRIDAY_NOON, SAO_PAULO)).isEmpty();
    assertThat(NOBODY.absence("pt", HOURS, SUNDAY, SAO_PAULO)).isEmpty();
    assertThat(Staff.UNKNOWN.absence("pt", HOURS, FRIDAY_NOON, SAO_PAULO)).isEmpty();
  }

  @Test
  void conversations_go_round_among_those_who_are_there() {
    Staff three = new Staff(true, Optional.empty(), List.of(9L, 3L, 5L));

    assertThat(List.of(6L, 7L, 8L, 9L).stream().map(c -> three.next(c).orElseThrow()))
        .containsExactly(3L, 5L, 9L, 3L);
    assertThat(NOBODY.next(6)).isEmpty();
  }
}
