package io.mcpcrew.intent.conversation;

import static io.mcpcrew.intent.Fixtures.personWrites;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.Waiting;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What a pause holds up, and what becomes of it.
class PausesTest extends ConversationDriver {
  @Test
  void what_a_turn_says_during_a_pause_is_said_after_it() {
    Turn turn = aTurnAtWork();
    paused = true;
    conclude(turn, "R$ 289,90");
    assertThat(released()).isEmpty();

    pass(Duration.ofMinutes(9));
    resume();

    assertThat(released()).hasSize(1);
    ReleasedReply reply = released().getFirst();
    assertThat(reply.replyKey()).isEqualTo(turn.turn().toString());
    assertThat(reply.releasedAt()).isEqualTo(now);
    resume();
    assertThat(released()).as("once").hasSize(1);
  }

  @Test
  void an_answer_that_a_pause_made_too_old_is_told_to_a_person() {
    Turn turn = aTurnAtWork();
    paused = true;
    conclude(turn, "R$ 289,90");
    pass(Duration.ofMinutes(11));
    resume();

    ReleasedReply note = released().getFirst();
    assertThat(note.parts()).as("the customer reads nothing").isEmpty();
    assertThat(Objects.requireNonNull(note.note()).readable()).contains("R$ 289,90");
    assertThat(phase()).isInstanceOf(HumanHeld.class);
  }

  @Test
  void a_reply_that_the_publisher_gives_back_is_released_again_under_its_key() {
    conclude(aTurnAtWork(), "R$ 289,90");
    paused = true;
    giveBack(released().getFirst());
    giveBack(released().getFirst());
    assertThat(released()).hasSize(1);

    resume();

    assertThat(released()).hasSize(2);
    assertThat(released().getLast().replyKey()).isEqualTo(released().getFirst().replyKey());
  }

  @Test
  void what_is_asked_during_a_pause_waits_and_is_answered_after_it() {
    paused = true;
    hear(customer(QUESTION));
    pass(Duration.ofSeconds(1));
    pass(Duration.ofMinutes(30));
    assertThat(phase()).isInstanceOf(Waiting.class);
    assertThat(commands).isEmpty();

    resume();

    assertThat(handed().messages()).hasSize(1);
  }

  @Test
  void what_has_waited_longer_than_an_answer_may_take_is_history() {
    paused = true;
    hear(customer(QUESTION));
    pass(Duration.ofSeconds(1));
    now = now.plus(Duration.ofHours(7));

    resume();

    assertThat(commands).isEmpty();
    assertThat(current().history()).hasSize(1);
    assertThat(phase()).isInstanceOf(Quiet.class);
  }

  @Test
  void a_person_who_wrote_during_the_pause_is_not_talked_over_after_it() {
    Turn turn = aTurnAtWork();
    paused = true;
    conclude(turn, "R$ 289,90");
    hear(personWrites(next(), "Oi, aqui é a Marina"));

    resume();

    assertThat(released()).isEmpty();
  }

  @Test
  void one_account_s_pause_is_not_another_s() {
    paused = true;
    hear(customer(QUESTION));
    pass(Duration.ofSeconds(1));

    assertThat(AccountGate.wake(shelf, new AccountId("clinica"), now, rules()).transitions())
        .isEmpty();
  }
}
