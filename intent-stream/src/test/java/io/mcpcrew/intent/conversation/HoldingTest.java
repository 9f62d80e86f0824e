package io.mcpcrew.intent.conversation;

import static io.mcpcrew.intent.Fixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.Fenced;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.contract.Step;
import io.mcpcrew.schemas.contract.StepKind;
import io.mcpcrew.schemas.contract.Turn;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// A turn that takes long says in between what is being done.
class HoldingTest extends ConversationDriver {
  @Test
  void says_what_is_being_done_and_then_the_answer() {
    Turn turn = aTurnAtWork();
    pass(Duration.ofSeconds(8));
    work(holding(turn, 1));
    conclude(turn, "R$ 349,90");

    assertThat(released())
        .extracting(ReleasedReply::replyKey)
        .containsExactly(turn.turn() + "/holding", turn.turn().toString());
    assertThat(released()).extracting(ReleasedReply::kind).containsOnly(ReplyKind.REPLY);
    assertThat(released().getFirst().expiresAt()).isEqualTo(NOON.plusSeconds(1 + 8 + 10));
  }

  @Test
  void says_nothing_of_a_turn_that_is_over_or_of_an_attempt_that_was_given_up() {
    Turn turn = aTurnAtWork();
    work(holding(turn, 2));
    conclude(turn, "R$ 349,90");
    work(holding(turn, 1));

    assertThat(released()).hasSize(1);
  }

  @Test
  void says_nothing_while_it_is_paused_or_where_a_person_sends_the_answer() {
    Turn turn = aTurnAtWork();
    paused = true;
    work(holding(turn, 1));
    resume();
    tenant = withSettings("\"autonomy\": \"SUGGEST\",");
    work(holding(turn, 1));

    assertThat(released()).isEmpty();
  }

  @Test
  void what_a_pause_met_on_its_way_is_not_said_later() {
    Turn turn = aTurnAtWork();
    work(holding(turn, 1));
    paused = true;
    giveBack(released().getFirst());
    resume();

    assertThat(released()).hasSize(1);
  }

  @Test
  void apologises_at_the_deadline_and_calls_a_person() {
    Turn turn = aTurnAtWork();
    work(holding(turn, 1));
    pass(Duration.between(now, turn.deadline()));
    work(new Fenced(turn.turn(), 1, "no answer within the deadline"));

    ReleasedReply last = released().getLast();
    assertThat(last.kind()).isEqualTo(ReplyKind.HANDOVER);
    assertThat(last.parts().getFirst().readable()).contains("Uma pessoa da nossa equipe");
    assertThat(phase()).isInstanceOf(HumanHeld.class);
  }

  @Test
  void a_person_reads_the_last_words_and_why_and_below_what_the_crew_knows_more() {
    Turn turn = aTurnAtWork();
    work(
        new Concluded(
            turn.turn(),
            1,
            OutcomeKind.HANDOVER,
            List.of(),
            Content.of("Já tentado: odoo__find_products: 0 records"),
            "nobody knows an answer to product.info",
            List.of()));

    assertThat(Objects.requireNonNull(released().getFirst().note()).readable().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("vez de uma pessoa"),
            line -> assertThat(line).contains(QUESTION),
            line -> assertThat(line).contains("o robô não sabe responder isto"),
            line -> assertThat(line).startsWith("Já tentado:"));
  }

  private Step holding(Turn turn, int attempt) {
    return new Step(
        turn.turn(),
        attempt,
        Step.HOLDING,
        StepKind.DECISION,
        "says what is being done",
        "",
        true,
        Content.of("Estou consultando o estoque, um momento."),
        null,
        now,
        0,
        0,
        0,
        0);
  }
}
