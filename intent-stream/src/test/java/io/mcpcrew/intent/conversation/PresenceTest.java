package io.mcpcrew.intent.conversation;

import static io.mcpcrew.intent.Fixtures.personWrites;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.Gathering;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.Turn;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When a person has the word, as the account wants it.
class PresenceTest extends ConversationDriver {
  @Test
  void where_only_writing_counts_an_open_conversation_is_the_agents_until_a_person_writes() {
    tenant = presence("WRITES");
    hear(told(ConversationStatus.OPEN, true, List.of(), 1));
    Turn turn = aTurnAtWork();
    conclude(turn, "R$ 289,90");
    assertThat(released()).hasSize(1);

    hear(personWrites(next(), "Oi, aqui é a Marina"));
    hear(customer("obrigado pela ajuda"));
    pass(Duration.ofSeconds(1));
    assertThat(handed()).isEqualTo(turn);

    hear(told(ConversationStatus.RESOLVED, true, List.of(), 9));
    assertThat(phase()).isInstanceOf(Quiet.class);
  }

  @Test
  void where_being_assigned_counts_an_open_conversation_is_the_agents_until_somebody_is() {
    tenant = presence("ASSIGNED");
    hear(told(ConversationStatus.OPEN, false, List.of(), 1));
    hear(customer(QUESTION));
    assertThat(phase()).isInstanceOf(Gathering.class);

    hear(told(ConversationStatus.OPEN, true, List.of(), 2));
    assertThat(phase()).isInstanceOf(HumanHeld.class);

    hear(told(ConversationStatus.OPEN, false, List.of(), 3));
    assertThat(phase()).isInstanceOf(Quiet.class);
  }

  @Test
  void news_of_an_assignment_that_is_older_than_what_is_known_changes_nothing() {
    hear(told(ConversationStatus.PENDING, false, List.of(), 5));
    hear(told(ConversationStatus.PENDING, true, List.of(), 2));

    assertThat(phase()).isInstanceOf(Quiet.class);
  }

  @Test
  void any_news_of_a_conversation_that_is_still_pending_does_not_take_it_from_who_wrote() {
    hear(told(ConversationStatus.PENDING, false, List.of(), 1));
    hear(personWrites(next(), "Oi, aqui é a Marina"));
    hear(told(ConversationStatus.PENDING, false, List.of("vip"), 2));
    hear(customer(QUESTION));
    pass(Duration.ofSeconds(1));

    assertThat(phase()).isInstanceOf(HumanHeld.class);
    assertThat(commands).isEmpty();
  }

  @Test
  void the_label_silences_the_agent_in_any_state_and_its_removal_gives_the_word_back() {
    Turn turn = aTurnAtWork();
    hear(told(ConversationStatus.PENDING, false, List.of("sem-bot"), 1));
    conclude(turn, "R$ 289,90");

    assertThat(released()).isEmpty();
    assertThat(phase()).isInstanceOf(HumanHeld.class);

    hear(told(ConversationStatus.PENDING, false, List.of(), 2));
    assertThat(phase()).isInstanceOf(Quiet.class);
  }

  @Test
  void the_label_silences_suggestions_too() {
    tenant = withSettings("\"autonomy\": \"SUGGEST\",");
    hear(told(ConversationStatus.PENDING, false, List.of("sem-bot"), 1));
    hear(customer(QUESTION));
    pass(Duration.ofSeconds(1));

    assertThat(commands).isEmpty();
  }
}
