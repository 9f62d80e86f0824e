package io.mcpcrew.intent.conversation;

import static io.mcpcrew.intent.Fixtures.CONVERSATION;
import static io.mcpcrew.intent.Fixtures.personWrites;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.intent.Fixtures;
import io.mcpcrew.schemas.contract.Answering;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.EventKind;
import io.mcpcrew.schemas.contract.Gathering;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.Observation;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.contract.SourceClass;
import io.mcpcrew.schemas.contract.Turn;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What people tell the agent in private notes.
class NotesTest extends ConversationDriver {

  private void note(String text) {
    note(Author.HUMAN_AGENT, next(), text);
  }

  private void note(Author author, long number, String text) {
    ConversationEvent e =
        Fixtures.event(
            CONVERSATION, EventKind.NOTE, author, number, text, ConversationStatus.PENDING, now);
    hear(at(e, e.channel(), List.of(), null));
  }

  private String lastNote() {
    ReleasedReply reply = released().getLast();
    assertThat(reply.kind()).isIn(ReplyKind.NOTE, ReplyKind.GIVEN_BACK);
    return reply.parts().getFirst().readable();
  }

  private Turn suggested(String answer) {
    tenant = withSettings("\"autonomy\": \"SUGGEST\",");
    Turn turn = aTurnAtWork();
    conclude(turn, answer);
    return turn;
  }

  @Test
  void a_suggestion_is_sent_as_it_stands_and_only_once() {
    suggested("Custa R$ 289,90.");

    note("/enviar");
    note("/enviar");

    ReleasedReply sent = released().get(1);
    assertThat(sent.kind()).isEqualTo(ReplyKind.REPLY);
    assertThat(sent.parts().getFirst().readable()).isEqualTo("Custa R$ 289,90.");
    assertThat(sent.replyKey()).isNotEqualTo(released().getFirst().replyKey());
    assertThat(lastNote()).contains("Não há sugestão");
    assertThat(current().history().getLast().author()).isEqualTo(Author.OUR_AGENT);
  }

  @Test
  void a_suggestion_is_sent_with_the_words_of_the_person() {
    suggested("Custa R$ 289,90.");

    note("/enviar Custa R$ 279,90 hoje.\nAproveite!");

    assertThat(released().getLast().parts().getFirst().readable())
        .isEqualTo("Custa R$ 279,90 hoje.\nAproveite!");
  }

  @Test
  void a_suggestion_that_a_newer_message_has_overtaken_is_not_sent() {
    suggested("Custa R$ 289,90.");
    hear(customer("e a trena?"));
    pass(Duration.ofSeconds(1));

    note("/enviar");

    assertThat(lastNote()).contains("Não há sugestão");
  }

  @Test
  void the_same_note_delivered_twice_is_heard_once() {
    suggested("Custa R$ 289,90.");
    long number = next();

    note(Author.HUMAN_AGENT, number, "/enviar");
    note(Author.HUMAN_AGENT, number, "/enviar");

    assertThat(released()).hasSize(2);
  }

  @Test
  void the_agent_has_the_word_again_when_a_person_says_so() {
    hear(personWrites(next(), "Deixa comigo"));
    assertThat(phase()).isInstanceOf(HumanHeld.class);

    note("/bot");

    assertThat(phase()).isInstanceOf(Quiet.class);
    assertThat(released().getLast().kind()).isEqualTo(ReplyKind.GIVEN_BACK);
    hear(customer(QUESTION));
    assertThat(phase()).isInstanceOf(Gathering.class);
  }

  @Test
  void a_label_that_silences_is_stronger_than_a_word() {
    hear(told(ConversationStatus.PENDING, false, List.of("sem-bot"), 1));

    note("/bot");

    assertThat(lastNote()).contains("etiqueta");
    hear(customer(QUESTION));
    assertThat(phase()).isInstanceOf(HumanHeld.class);
  }

  @Test
  void a_pause_silences_the_agent_at_once_and_ends_by_itself() {
    Turn turn = aTurnAtWork();

    note("/pausar 2h");
    conclude(turn, "R$ 289,90");

    assertThat(released())
        .singleElement()
        .extracting(ReleasedReply::kind)
        .isEqualTo(ReplyKind.NOTE);
    hear(customer(QUESTION));
    assertThat(phase()).isInstanceOf(HumanHeld.class);
    pass(Duration.ofHours(2));
    assertThat(phase()).isInstanceOf(Quiet.class);
    hear(customer(QUESTION));
    pass(Duration.ofSeconds(1));
    assertThat(phase()).isInstanceOf(Answering.class);
  }

  @Test
  void a_person_who_writes_during_a_pause_has_the_conversation_for_longer() {
    note("/pausar 30m");
    hear(personWrites(next(), "Deixa comigo"));

    pass(Duration.ofHours(3));

    assertThat(phase()).isInstanceOf(HumanHeld.class);
  }

  @Test
  void why_and_what_was_said_are_told() {
    note("/porque");
    assertThat(lastNote()).contains("Ainda não respondi");
    note("/resumo");
    assertThat(lastNote()).contains("Nada foi dito");
    conclude(aTurnAtWork(), "Custa R$ 289,90.");

    note("/porque");
    assertThat(lastNote()).contains("product.info").contains("test");
    note("/resumo");
    assertThat(lastNote()).contains("Cliente: quanto custa").contains("Robô: Custa R$ 289,90.");
  }

  private List<Observation> observed() {
    return commands.stream()
        .filter(Command.Observe.class::isInstance)
        .map(command -> ((Command.Observe) command).observation())
        .toList();
  }

  @Test
  void what_a_person_teaches_is_knowledge_of_the_company_and_is_confirmed() {
    note("/ensinar Aos sábados fechamos às 13h.");

    Observation fact = observed().getFirst();
    assertThat(fact.account()).isEqualTo(CONVERSATION.account());
    assertThat(fact.type().value()).isEqualTo("COMPANY_FACT");
    assertThat(fact.sourceClass()).isEqualTo(SourceClass.COMPANY_PERSON);
    assertThat(fact.subject()).isNull();
    assertThat(fact.text().readable()).isEqualTo("Aos sábados fechamos às 13h.");
    assertThat(lastNote()).contains("Guardei isso");
  }

  @Test
  void the_same_taught_twice_is_the_same_knowledge_seen_twice() {
    note("/ensinar Fechamos às 13h.");
    note("/teach fechamos às 13h. ");

    assertThat(observed()).extracting(Observation::key).containsOnly(observed().getFirst().key());
    assertThat(observed()).extracting(Observation::observationId).doesNotHaveDuplicates();
  }

  @Test
  void what_the_agent_said_wrongly_is_answered_rightly_and_learnt() {
    Turn turn = aTurnAtWork();
    conclude(turn, "Custa R$ 28,90.");

    note("/corrigir Custa R$ 289,90.");

    ReleasedReply right = released().get(1);
    assertThat(right.kind()).isEqualTo(ReplyKind.REPLY);
    assertThat(right.parts().getFirst().readable()).isEqualTo("Custa R$ 289,90.");
    assertThat(lastNote()).contains("./crew scenario chatwoot-7");
    Observation answer = observed().getFirst();
    assertThat(answer.type().value()).isEqualTo("COMPANY_ANSWER");
    assertThat(answer.sourceClass()).isEqualTo(SourceClass.CORRECTION);
    assertThat(answer.text().readable())
        .startsWith(turn.messages().getFirst().text().readable())
        .endsWith("→ Custa R$ 289,90.");
    assertThat(current().history().getLast().text().readable()).isEqualTo("Custa R$ 289,90.");
  }

  @Test
  void where_the_agent_has_said_nothing_there_is_nothing_to_correct() {
    note("/corrigir Custa R$ 289,90.");

    assertThat(observed()).isEmpty();
    assertThat(lastNote()).contains("Ainda não respondi nada que possa ser corrigido");
  }

  @ParameterizedTest
  @CsvSource({
    "/BOT, GiveBack",
    "/approve, Approve",
    "/aprobar 7.2, Approve",
    "/rechazar no, Deny",
    "/deny, Deny",
    "/ensinar fato, Teach",
    "/ensinar, Help",
    "/corregir así, Correct",
    "/corrigir, Help",
    "/porquê, Why",
    "/why, Why",
    "/resumen, Summary",
    "/pause 1h30, Pause",
    "/pausar 1d, Pause",
    "/pausar, Pause",
    "/pausar amanhã, Help",
    "/pausar 99d, Help",
    "/send Olá, Send",
    "/foo, Help",
    "/ajuda, Help"
  })
  void words_are_understood_in_three_languages(String note, String command) {
    assertThat(NoteCommand.of(note).orElseThrow().getClass().getSimpleName()).isEqualTo(command);
  }

  @Test
  void what_is_not_understood_is_answered_with_what_there_is() {
    note("/voltar");

    assertThat(lastNote()).contains("/voltar").contains("/enviar").contains("/pausar 2h");
  }

  @ParameterizedTest
  @ValueSource(strings = {"o cliente quer /bot", "liga para ele", "/", "12/03"})
  void other_notes_are_between_people(String text) {
    note(text);

    assertThat(commands).isEmpty();
  }

  @Test
  void only_the_companys_people_command() {
    note(Author.OTHER_BOT, next(), "/bot");
    note(Author.OUR_AGENT, next(), "/resumo");
    hear(customer("/enviar"));

    assertThat(commands).isEmpty();
  }
}
