package io.mcpcrew.intent.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.contract.Turn;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whom a wish goes to, by the account's routes and hours.
class RoutesTest extends ConversationDriver {
  @Test
  void a_route_gives_a_wish_to_another_crew_with_less_time_and_before_others() {
    tenant =
        routes(
            """
            {"when": "intent == 'product.info' && channel == 'whatsapp' && open",
             "crew": "vip", "urgent": true, "deadline": "PT20S"}
            """);
    hear(customer(QUESTION));
    pass(Duration.ofSeconds(1));

    assertThat(handed().tasks().getFirst().crew()).isEqualTo("vip");
    assertThat(Duration.between(handed().openedAt(), handed().deadline()))
        .isEqualTo(Duration.ofSeconds(20));
    assertThat(commands).anyMatch(c -> c instanceof Command.Hand hand && hand.urgent());
    assertThat(reasons).anyMatch(reason -> reason.stage().equals("route"));
  }

  @Test
  void the_first_route_that_fits_counts_and_one_that_asks_for_what_is_not_there_does_not() {
    tenant =
        routes(
            """
            {"when": "entities['cpf'] == '1'", "crew": "never"},
            {"when": "weekday > 5", "crew": "weekend"},
            {"when": "weekday <= 5", "crew": "workday"},
            {"when": "true", "crew": "last"}
            """);
    hear(customer(QUESTION));
    pass(Duration.ofSeconds(1));

    assertThat(handed().tasks().getFirst().crew()).isEqualTo("workday");
  }

  @Test
  void a_route_may_lead_to_a_person() {
    tenant = routes("{\"when\": \"intent.startsWith('product')\", \"person\": true}");
    hear(customer(QUESTION));
    pass(Duration.ofSeconds(1));

    assertThat(released().getFirst().kind()).isEqualTo(ReplyKind.HANDOVER);
  }

  private static final String TEAMS =
      "\"autonomy\": \"ANSWER\", \"conduct\": {\"handover\": {\"teams\": ["
          + "{\"intent\": \"product.*\", \"language\": \"pt\", \"team\": \"vendas\"},"
          + "{\"language\": \"en\", \"team\": \"intl\"}]}},";

  private ReleasedReply handedOver(String team) {
    Turn turn = aTurnAtWork();
    work(
        new Concluded(
            turn.turn(),
            turn.attempt(),
            OutcomeKind.HANDOVER,
            List.of(),
            Content.of("note"),
            "because",
            List.of(),
            null,
            List.of(),
            team));
    return released().getLast();
  }

  @Test
  void the_account_says_whom_a_handover_goes_to_and_else_the_crew_does() {
    assertThat(handedOver("crew").team()).isEqualTo("crew");
    assertThat(released().getLast().language()).isEqualTo("pt");
  }

  @Test
  void the_first_rule_of_teams_that_fits_intent_and_language_counts() {
    tenant = withSettings(TEAMS);

    assertThat(handedOver("crew").team()).isEqualTo("vendas");
  }

  @Test
  void a_crews_handover_outside_the_hours_says_when_somebody_is_there() {
    tenant =
        withSettings(
            "\"autonomy\": \"ANSWER\", \"conduct\": {\"opening\": {\"hours\": [{\"days\":"
                + " [\"FRIDAY\"], \"from\": \"14:00\", \"to\": \"18:00\"}]}},");

    assertThat(handedOver("crew").parts().getFirst().readable())
        .endsWith("Nossa equipe volta a atender hoje às 14:00.");
  }

  @Test
  void outside_the_opening_hours_the_customer_is_told_when_a_person_is_there() {
    tenant =
        withSettings(
            """
            "autonomy": "ANSWER",
            "conduct": {"opening": {"hours": [{"days": ["MONDAY", "TUESDAY", "WEDNESDAY",
              "THURSDAY", "FRIDAY"], "from": "14:00", "to": "18:00"}]}},
            """);
    hear(customer("quero falar com uma pessoa"));
    pass(Duration.ofSeconds(1));

    // Noon in UTC is nine o'clock in São Paulo.
    assertThat(released().getFirst().parts().getFirst().readable())
        .contains("volta a atender hoje às 14:00");
  }
}
