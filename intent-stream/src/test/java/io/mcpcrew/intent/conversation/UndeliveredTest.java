package io.mcpcrew.intent.conversation;

import static io.mcpcrew.intent.Fixtures.CONVERSATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Answering;
import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.Delivery;
import io.mcpcrew.schemas.contract.DeliveryStatus;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.contract.Turn;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Answers that the channel does not take.
class UndeliveredTest extends ConversationDriver {
  private void delivered(ReleasedReply reply, DeliveryStatus status, String detail) {
    delivered(reply.replyKey(), status, detail, reply);
  }

  private void delivered(
      String key, DeliveryStatus status, String detail, @Nullable ReleasedReply reply) {
    hear(
        CONVERSATION,
        new Input.Undelivered(
            new Delivery(handed().turn(), key, status, null, detail, now, reply)));
  }

  private static String note(ReleasedReply reply) {
    Content note = reply.note();
    return note == null ? "" : note.readable();
  }

  @Test
  void a_person_is_told_what_the_channel_refuses_and_has_the_conversation() {
    conclude(aTurnAtWork(), "R$ 289,90");

    delivered(released().getLast(), DeliveryStatus.REFUSED, "422 window is closed");

    assertThat(phase()).isInstanceOf(HumanHeld.class);
    ReleasedReply told = released().getLast();
    assertThat(told.kind()).isEqualTo(ReplyKind.HANDOVER);
    assertThat(told.parts()).isEmpty();
    assertThat(note(told)).contains("o canal a recusou (422 window is closed)", "“R$ 289,90”");
  }

  @Test
  void so_it_is_with_what_became_too_old_and_it_is_told_once() {
    conclude(aTurnAtWork(), "R$ 289,90");
    ReleasedReply answer = released().getLast();

    delivered(answer, DeliveryStatus.EXPIRED, "");
    delivered(answer, DeliveryStatus.EXPIRED, "");

    assertThat(released()).hasSize(2);
    assertThat(note(released().getLast())).contains("velha demais");
  }

  @Test
  void that_a_person_could_not_be_told_is_not_told_again() {
    conclude(aTurnAtWork(), "R$ 289,90");
    delivered(released().getLast(), DeliveryStatus.REFUSED, "");
    hear(told(ConversationStatus.RESOLVED, false, List.of(), 9));

    delivered(released().getLast(), DeliveryStatus.REFUSED, "");

    assertThat(released()).hasSize(2);
  }

  @Test
  void a_line_that_only_held_the_customer_is_not_missed() {
    Turn turn = aTurnAtWork();

    delivered(turn.turn() + ReleasedReply.HOLDING, DeliveryStatus.EXPIRED, "", null);

    assertThat(released()).isEmpty();
  }

  @Test
  void a_turn_at_work_goes_on_beside_the_note() {
    conclude(aTurnAtWork(), "R$ 289,90");
    ReleasedReply answer = released().getLast();
    aTurnAtWork();

    delivered(answer, DeliveryStatus.REFUSED, "");

    assertThat(phase()).isInstanceOf(Answering.class);
    assertThat(released().getLast().kind()).isEqualTo(ReplyKind.HANDOVER);
  }
}
