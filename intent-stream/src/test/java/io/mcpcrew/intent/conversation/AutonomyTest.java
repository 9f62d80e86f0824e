package io.mcpcrew.intent.conversation;

import static io.mcpcrew.intent.Fixtures.NOON;
import static io.mcpcrew.intent.Fixtures.personWrites;
import static io.mcpcrew.intent.Fixtures.statusBecomes;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.runtime.tenant.TenantDocuments;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.contract.Autonomy;
import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.contract.Turn;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// How much the agent may do, by account, inbox and intent.
class AutonomyTest extends ConversationDriver {
  @Test
  void where_nothing_is_said_the_agent_only_suggests() {
    assertThat(TenantDocuments.parse(new AccountId("loja"), document("")).document().autonomy())
        .isEqualTo(Autonomy.SUGGEST);
  }

  @Test
  void an_inbox_and_an_intent_may_have_one_of_their_own_and_the_first_rule_counts() {
    tenant =
        withSettings(
            """
            "autonomy": "ANSWER",
            "conduct": {"autonomy": [{"inbox": "1", "intent": "product.*", "autonomy": "CONFIRM"},
                                     {"inbox": "1", "autonomy": "WATCH"}]},
            """);
    hear(customer(QUESTION));
    pass(Duration.ofSeconds(1));

    assertThat(handed().autonomy()).isEqualTo(Autonomy.CONFIRM);
  }

  @Test
  void of_several_wishes_the_least_free_counts() {
    tenant =
        withSettings(
            """
            "autonomy": "ANSWER",
            "conduct": {"autonomy": [{"intent": "order.*", "autonomy": "SUGGEST"}]},
            """);
    hear(customer("quanto custa a furadeira e onde está meu pedido S00042?"));
    pass(Duration.ofSeconds(1));

    assertThat(handed().tasks()).hasSize(2);
    assertThat(handed().autonomy()).isEqualTo(Autonomy.SUGGEST);
  }

  @Test
  void for_what_it_is_switched_off_nothing_begins() {
    tenant =
        withSettings(
            """
            "autonomy": "ANSWER",
            "conduct": {"autonomy": [{"intent": "product.*", "autonomy": "OFF"}]},
            """);
    hear(customer(QUESTION));
    pass(Duration.ofSeconds(1));

    assertThat(commands).isEmpty();
    assertThat(phase()).isInstanceOf(Quiet.class);
  }

  @Test
  void a_change_counts_at_once_also_for_a_turn_at_work() {
    Turn turn = aTurnAtWork();
    tenant = withSettings("\"autonomy\": \"SUGGEST\",");
    conclude(turn, "R$ 289,90");

    assertThat(released().getFirst().kind()).isEqualTo(ReplyKind.SUGGESTION);
  }

  @Test
  void more_freedom_does_not_count_for_a_turn_that_was_begun_with_less() {
    tenant = withSettings("\"autonomy\": \"WATCH\",");
    Turn turn = aTurnAtWork();
    tenant = withSettings("\"autonomy\": \"ANSWER\",");
    conclude(turn, "R$ 289,90");

    assertThat(released()).isEmpty();
  }

  @Test
  void who_suggests_thinks_on_while_a_person_has_the_conversation() {
    tenant = withSettings("\"autonomy\": \"SUGGEST\",");
    hear(statusBecomes(ConversationStatus.OPEN, NOON.plusSeconds(1)));
    hear(personWrites(next(), "Oi, aqui é a Marina"));
    hear(customer(QUESTION));
    pass(Duration.ofSeconds(1));
    conclude(claim(handed()), "R$ 289,90");

    assertThat(released()).hasSize(1);
    assertThat(released().getFirst().kind()).isEqualTo(ReplyKind.SUGGESTION);
  }

  @Test
  void a_suggestion_that_a_person_was_faster_than_is_not_made() {
    tenant = withSettings("\"autonomy\": \"SUGGEST\",");
    Turn turn = aTurnAtWork();
    hear(personWrites(next(), "Custa 289,90"));
    conclude(turn, "R$ 289,90");

    assertThat(released()).isEmpty();
  }

  @Test
  void an_intent_that_is_answered_elsewhere_is_only_suggested_over_a_person() {
    tenant =
        withSettings(
            """
            "autonomy": "SUGGEST",
            "conduct": {"autonomy": [{"intent": "product.*", "autonomy": "ANSWER"}]},
            """);
    hear(personWrites(next(), "Oi, aqui é a Marina"));
    hear(customer(QUESTION));
    pass(Duration.ofSeconds(1));

    assertThat(handed().autonomy()).isEqualTo(Autonomy.SUGGEST);
  }

  @Test
  void who_only_suggests_hands_over_without_a_word_to_the_customer() {
    tenant = withSettings("\"autonomy\": \"SUGGEST\",");
    hear(customer("quero falar com uma pessoa"));
    pass(Duration.ofSeconds(1));

    ReleasedReply note = released().getFirst();
    assertThat(note.kind()).isEqualTo(ReplyKind.HANDOVER);
    assertThat(note.parts()).isEmpty();
  }

  @Test
  void who_only_watches_says_nothing_at_all() {
    tenant = withSettings("\"autonomy\": \"WATCH\",");
    hear(customer("quero falar com uma pessoa"));
    pass(Duration.ofSeconds(1));

    assertThat(commands).isEmpty();
  }
}
