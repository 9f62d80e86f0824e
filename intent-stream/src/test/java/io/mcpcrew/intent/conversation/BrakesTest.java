package io.mcpcrew.intent.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What stops an agent that talks too much.
class BrakesTest extends ConversationDriver {
  @Test
  void the_thirteenth_answer_within_an_hour_is_a_persons() {
    for (int i = 0; i < 12; i++) {
      conclude(aTurnAtWork(), "R$ 289,90");
    }
    assertThat(released()).hasSize(12).allMatch(r -> r.kind() == ReplyKind.REPLY);

    conclude(aTurnAtWork(), "R$ 289,90");
    assertThat(released().getLast().kind()).isEqualTo(ReplyKind.HANDOVER);
    assertThat(phase()).isInstanceOf(HumanHeld.class);
  }

  @Test
  void twelve_answers_in_more_than_an_hour_are_a_conversation() {
    for (int i = 0; i < 20; i++) {
      conclude(aTurnAtWork(), "R$ 289,90");
      pass(Duration.ofMinutes(6));
    }

    assertThat(released()).hasSize(20).allMatch(r -> r.kind() == ReplyKind.REPLY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Resposta automática: estou de férias até dia 10.",
        "RE: orçamento — MENSAGEM AUTOMATICA, não responda",
        "Automatic reply: I am out of the office",
        "Fuera de la oficina hasta el lunes"
      })
  void an_automatic_answer_is_not_answered(String text) {
    hear(customer(text));
    pass(Duration.ofSeconds(5));

    assertThat(commands).isEmpty();
    assertThat(reasons).anyMatch(reason -> reason.stage().equals("brake"));
  }

  @Test
  void who_writes_the_very_same_again_and_again_is_a_machine_and_a_person_is_told() {
    for (int i = 0; i < 2; i++) {
      hear(customer("Recebemos a sua mensagem e voltamos logo."));
      pass(Duration.ofSeconds(1));
      conclude(claim(handed()), "Posso ajudar?");
    }
    hear(customer("Recebemos a sua mensagem e voltamos logo."));
    pass(Duration.ofSeconds(1));

    ReleasedReply last = released().getLast();
    assertThat(last.kind()).isEqualTo(ReplyKind.HANDOVER);
    assertThat(last.parts()).isEmpty();
    assertThat(Objects.requireNonNull(last.note()).readable()).contains("talvez seja um robô");
  }

  @Test
  void a_person_may_say_yes_as_often_as_it_takes() {
    for (int i = 0; i < 6; i++) {
      hear(customer("sim"));
      pass(Duration.ofSeconds(1));
      conclude(claim(handed()), "E o próximo?");
    }

    assertThat(released()).allMatch(r -> r.kind() == ReplyKind.REPLY);
  }
}
