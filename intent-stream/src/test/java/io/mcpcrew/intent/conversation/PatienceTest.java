package io.mcpcrew.intent.conversation;

import static io.mcpcrew.intent.Fixtures.personWrites;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.contract.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// How long somebody is waited for.
class PatienceTest extends ConversationDriver {
  @Test
  void both_sides_are_told_once_when_a_customer_waits_too_long_for_a_person() {
    hear(told(ConversationStatus.OPEN, true, List.of(), 1));
    hear(customer("alguém aí?"));
    pass(Duration.ofMinutes(29));
    assertThat(released()).isEmpty();

    pass(Duration.ofMinutes(1));
    pass(Duration.ofMinutes(60));

    assertThat(released()).hasSize(1);
    assertThat(released().getFirst().parts().getFirst().readable()).contains("lembrei");
    assertThat(Objects.requireNonNull(released().getFirst().note()).readable())
        .contains("30 minutos");
  }

  @Test
  void a_person_who_answers_in_time_is_not_reminded() {
    hear(told(ConversationStatus.OPEN, true, List.of(), 1));
    hear(customer("alguém aí?"));
    pass(Duration.ofMinutes(10));
    hear(personWrites(next(), "Sim, aqui é a Marina"));
    pass(Duration.ofMinutes(60));

    assertThat(released()).isEmpty();
  }

  @Test
  void who_was_handed_over_waits_for_a_person_too() {
    hear(customer("quero falar com uma pessoa"));
    pass(Duration.ofSeconds(1));
    pass(Duration.ofMinutes(30));

    assertThat(released()).hasSize(2);
  }

  @Test
  void patience_begins_when_the_company_opens() {
    tenant =
        withSettings(
            """
            "autonomy": "ANSWER",
            "conduct": {"opening": {"hours": [{"days": ["MONDAY", "TUESDAY", "WEDNESDAY",
              "THURSDAY", "FRIDAY"], "from": "14:00", "to": "18:00"}]}},
            """);
    hear(told(ConversationStatus.OPEN, true, List.of(), 1));
    hear(customer("alguém aí?"));

    assertThat(((HumanHeld) phase()).waitsUntil()).isEqualTo(Instant.parse("2026-11-20T17:30:00Z"));
  }

  @Test
  void who_says_nothing_more_is_asked_once_and_then_the_conversation_is_closed() {
    tenant = patience("\"follow_up\": \"PT1H\", \"close\": \"PT23H\"");
    conclude(aTurnAtWork(), "R$ 289,90");
    pass(Duration.ofHours(1));
    assertThat(released().getLast().parts().getFirst().readable()).contains("mais alguma coisa");

    pass(Duration.ofHours(23));
    pass(Duration.ofHours(99));

    assertThat(released().stream().map(ReleasedReply::kind))
        .containsExactly(ReplyKind.REPLY, ReplyKind.REPLY, ReplyKind.CLOSING);
    assertThat(released().stream().map(ReleasedReply::replyKey)).doesNotHaveDuplicates();
  }

  @Test
  void who_goes_on_writing_is_not_asked() {
    tenant = patience("\"follow_up\": \"PT1H\", \"close\": null");
    conclude(aTurnAtWork(), "R$ 289,90");
    pass(Duration.ofMinutes(59));
    Turn second = aTurnAtWork();
    pass(Duration.ofMinutes(2));
    conclude(second, "R$ 9,90");

    assertThat(released()).hasSize(2);
  }

  @Test
  void a_conversation_that_was_closed_by_others_is_left_alone() {
    tenant = patience("\"follow_up\": \"PT1H\", \"close\": \"PT23H\"");
    conclude(aTurnAtWork(), "R$ 289,90");
    hear(told(ConversationStatus.RESOLVED, false, List.of(), 1));
    pass(Duration.ofDays(2));

    assertThat(released()).hasSize(1);
  }
}
