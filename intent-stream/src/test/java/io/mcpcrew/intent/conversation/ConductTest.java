package io.mcpcrew.intent.conversation;

import static io.mcpcrew.intent.Fixtures.CONVERSATION;
import static io.mcpcrew.intent.Fixtures.NOON;
import static io.mcpcrew.intent.Fixtures.customerWrites;
import static io.mcpcrew.intent.Fixtures.personWrites;
import static io.mcpcrew.intent.Fixtures.statusBecomes;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.intent.Fixtures;
import io.mcpcrew.runtime.tenant.TenantDocuments;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.Answering;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.Autonomy;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.EventKind;
import io.mcpcrew.schemas.contract.Fenced;
import io.mcpcrew.schemas.contract.Gathering;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.contract.Step;
import io.mcpcrew.schemas.contract.StepKind;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an account's settings make of a conversation.
class ConductTest extends ConversationDriver {
  @Nested
  class TakesLong {
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
              line -> assertThat(line).contains("o robô não tem resposta para product.info"),
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

  @Nested
  class Gathers {
    @Test
    void each_channel_waits_as_its_profile_says_and_one_never_seen_as_all_others() {
      tenant =
          withSettings(
              """
              "gathering": {"gap": "PT1S", "longest": "PT9S", "most": 9,
                            "channels": {"facebook": {"gap": "PT5S"}}},
              """);

      assertThat(waitAfter("whatsapp")).isEqualTo(Duration.ofSeconds(1));
      assertThat(waitAfter("facebook")).isEqualTo(Duration.ofSeconds(5));
      assertThat(waitAfter("email")).isEqualTo(Duration.ofSeconds(5));
      assertThat(waitAfter("carrier-pigeon")).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_program_that_writes_through_the_api_is_answered_at_once() {
      hear(on("api", customer(QUESTION)));

      assertThat(phase()).isInstanceOf(Answering.class);
    }

    @Test
    void a_file_is_often_explained_in_the_next_message() {
      hear(withFile(customer("")));

      assertThat(((Gathering) phase()).closesAt()).isEqualTo(NOON.plusSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"quanto custa a trena? Só isso!", "so isso", "É SÓ ISSO"})
    void who_says_that_this_was_all_is_answered_at_once(String text) {
      hear(customer("oi"));
      hear(customer(text));

      assertThat(handed().messages()).hasSize(2);
    }

    @Test
    void a_message_that_comes_late_stands_where_it_was_written() {
      hear(customerWrites(3, "e a trena?"));
      hear(customerWrites(2, QUESTION));
      pass(Duration.ofSeconds(1));

      assertThat(handed().messages().stream().map(line -> line.text().readable()))
          .containsExactly(QUESTION, "e a trena?");
    }

    @Test
    void what_was_deleted_before_it_was_answered_is_not_answered() {
      hear(customerWrites(1, QUESTION));
      hear(
          Fixtures.event(
              CONVERSATION,
              EventKind.DELETED,
              Author.CUSTOMER,
              1L,
              "",
              ConversationStatus.PENDING,
              NOON));
      pass(Duration.ofSeconds(1));

      assertThat(phase()).isInstanceOf(Quiet.class);
      assertThat(commands).isEmpty();
    }

    @Test
    void what_was_changed_before_it_was_answered_is_answered_as_it_is_now() {
      hear(customerWrites(1, QUESTION));
      hear(
          Fixtures.event(
              CONVERSATION,
              EventKind.EDITED,
              Author.CUSTOMER,
              1L,
              "quanto custa a trena?",
              ConversationStatus.PENDING,
              NOON));
      pass(Duration.ofSeconds(1));

      assertThat(handed().messages().getFirst().text().readable())
          .isEqualTo("quanto custa a trena?");
    }
  }

  @Nested
  class Autonomies {
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

  @Nested
  class Presences {
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

  @Nested
  class Brakes {
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

  @Nested
  class Pauses {
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

  @Nested
  class Routes {
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

  @Nested
  class Waits {
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

      assertThat(((HumanHeld) phase()).waitsUntil())
          .isEqualTo(Instant.parse("2026-11-20T17:30:00Z"));
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
}
