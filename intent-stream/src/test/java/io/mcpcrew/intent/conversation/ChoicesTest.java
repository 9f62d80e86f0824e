package io.mcpcrew.intent.conversation;

import static io.mcpcrew.intent.Fixtures.CONVERSATION;
import static io.mcpcrew.intent.Fixtures.event;
import static io.mcpcrew.intent.Fixtures.personWrites;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.EventKind;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.Turn;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What customers choose of what a reply offers.
class ChoicesTest extends ConversationDriver {
  private static final List<Content> OFFERED =
      List.of(Content.of("Trena 5 m"), Content.of("Trena 8 m"));

  private ConversationEvent chosen(long message, String title) {
    ConversationEvent e =
        event(
            CONVERSATION,
            EventKind.CHOSEN,
            Author.CUSTOMER,
            message,
            title,
            ConversationStatus.PENDING,
            now);
    return at(e, "web", List.of(), null);
  }

  private ConversationEvent ours(long message, EventKind kind) {
    return event(
        CONVERSATION, kind, Author.OUR_AGENT, message, "Qual?", ConversationStatus.PENDING, now);
  }

  /// A question with two choices; the number of the message that carries it.
  private long offered() {
    Turn turn = aTurnAtWork();
    work(
        new Concluded(
            turn.turn(),
            turn.attempt(),
            OutcomeKind.REPLY,
            List.of(Content.of("Qual?")),
            null,
            "test",
            List.of(),
            null,
            OFFERED,
            null));
    long message = next();
    hear(ours(message, EventKind.MESSAGE));
    return message;
  }

  @Test
  void a_reply_carries_what_may_be_answered_and_in_whose_language() {
    offered();

    ReleasedReply reply = released().getLast();
    assertThat(reply.choices()).isEqualTo(OFFERED);
    assertThat(reply.language()).isEqualTo("pt");
  }

  @Test
  void a_choice_is_the_customers_message_once_however_often_it_is_told() {
    long message = offered();

    hear(chosen(message, "Trena 8 m"));
    hear(chosen(message, "Trena 8 m"));
    hear(ours(message, EventKind.EDITED));
    hear(ours(message, EventKind.DELETED));
    pass(Duration.ofSeconds(1));
    Turn turn = claim(handed());
    conclude(turn, "R$ 59,90");
    hear(chosen(message, "Trena 8 m"));
    pass(Duration.ofSeconds(10));

    assertThat(turn.turn().number()).isEqualTo(2);
    assertThat(turn.messages())
        .singleElement()
        .satisfies(line -> {
          assertThat(line.author()).isEqualTo(Author.CUSTOMER);
          assertThat(line.text()).isEqualTo(Content.of("Trena 8 m"));
        });
    assertThat(turn.replyTo()).isEqualTo(message);
    assertThat(handed().turn()).as("no other turn was opened").isEqualTo(turn.turn());
  }

  @Test
  void another_questions_choice_is_another_message() {
    long first = offered();
    hear(chosen(first, "Trena 5 m"));
    pass(Duration.ofSeconds(1));
    conclude(claim(handed()), "R$ 39,90");
    long second = offered();
    hear(chosen(second, "Trena 8 m"));
    pass(Duration.ofSeconds(1));

    assertThat(handed().messages().getLast().text()).isEqualTo(Content.of("Trena 8 m"));
  }

  @Test
  void what_is_chosen_of_an_old_question_is_answered_behind_all_that_was_said_since() {
    long message = offered();
    hear(personWrites(next(), "Oi, aqui é a Marina"));
    hear(
        event(
            CONVERSATION,
            EventKind.NOTE,
            Author.HUMAN_AGENT,
            next(),
            "/bot",
            ConversationStatus.OPEN,
            now));
    hear(chosen(message, "Trena 5 m"));
    pass(Duration.ofSeconds(1));

    assertThat(handed().replyTo()).isEqualTo(number);
  }

  @Test
  void a_choice_while_a_person_has_the_word_is_the_persons_to_read() {
    long message = offered();
    hear(personWrites(next(), "Oi, aqui é a Marina"));
    int turns = (int) commands.stream().filter(Command.Hand.class::isInstance).count();
    hear(chosen(message, "Trena 5 m"));
    pass(Duration.ofSeconds(5));

    assertThat(phase()).isInstanceOf(HumanHeld.class);
    assertThat(commands.stream().filter(Command.Hand.class::isInstance)).hasSize(turns);
    assertThat(current().history().getLast().text()).isEqualTo(Content.of("Trena 5 m"));
  }

  @Test
  void an_idle_conversation_remembers_only_the_last_of_what_was_chosen() {
    for (int i = 0; i < 20; i++) {
      hear(chosen(1000 + i, "Trena 5 m"));
    }

    assertThat(current().chosen()).hasSize(8).last().isEqualTo(1019L);
  }
}
