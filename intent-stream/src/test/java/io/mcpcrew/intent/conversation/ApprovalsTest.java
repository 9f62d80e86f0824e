package io.mcpcrew.intent.conversation;

import static io.mcpcrew.intent.Fixtures.CONVERSATION;
import static io.mcpcrew.intent.Fixtures.personWrites;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.intent.Fixtures;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.Answering;
import io.mcpcrew.schemas.contract.Approval;
import io.mcpcrew.schemas.contract.AuditEntry;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.DecisionKind;
import io.mcpcrew.schemas.contract.EventKind;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.ReplyKind;
import io.mcpcrew.schemas.contract.Suspended;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.WantedWrite;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Writes that a person has to approve.
class ApprovalsTest extends ConversationDriver {
  private static final WantedWrite LEAD =
      new WantedWrite(
          "1/complaint/write",
          "odoo__lead_create",
          "abc123",
          "Create a lead",
          Content.of("name: Ana\nphone: 11 99999-0000"));

  @BeforeEach
  void personsAreAskedFirst() {
    tenant = withSettings("\"autonomy\": \"CONFIRM\",");
  }

  private Turn asks() {
    return asks(aTurnAtWork(), LEAD);
  }

  private Turn asks(Turn turn, WantedWrite wanted) {
    work(
        new Concluded(
            turn.turn(),
            turn.attempt(),
            OutcomeKind.AWAITS_APPROVAL,
            List.of(),
            null,
            "awaits approval",
            List.of(),
            wanted));
    return turn;
  }

  private void note(String text) {
    ConversationEvent e =
        Fixtures.event(
            CONVERSATION,
            EventKind.NOTE,
            Author.HUMAN_AGENT,
            next(),
            text,
            ConversationStatus.PENDING,
            now);
    hear(
        new ConversationEvent(
            e.eventId(),
            e.conversation(),
            e.kind(),
            e.channelEvent(),
            e.author(),
            e.messageNumber(),
            e.text(),
            List.of(),
            null,
            e.channel(),
            e.inbox(),
            null,
            now,
            now,
            e.deliveredBy(),
            "42"));
  }

  private void decision(DecisionKind kind, String approval) {
    hear(
        CONVERSATION,
        new Input.Decided(
            new io.mcpcrew.schemas.contract.Decision(
                "d1", CONVERSATION, null, kind, "maria", null, now, approval)));
  }

  private Suspended suspended() {
    return (Suspended) phase();
  }

  private List<AuditEntry> audited() {
    return commands.stream()
        .filter(Command.Audit.class::isInstance)
        .map(command -> ((Command.Audit) command).entry())
        .toList();
  }

  private static String words(ReleasedReply reply) {
    return reply.parts().isEmpty() ? "" : reply.parts().getFirst().readable();
  }

  private static String noted(ReleasedReply reply) {
    Content note = reply.note();
    return note == null ? "" : note.readable();
  }

  @Test
  void a_person_is_asked_with_what_shall_be_done_and_how_to_answer_and_the_customer_is_told() {
    asks();

    ReleasedReply asked = released().getLast();
    assertThat(asked.kind()).isEqualTo(ReplyKind.HANDOVER);
    assertThat(words(asked)).contains("Já volto com a resposta");
    assertThat(noted(asked))
        .contains("Create a lead", "name: Ana", "quanto custa", "/aprovar", "/negar motivo");
    assertThat(phase()).isInstanceOf(Suspended.class);
    assertThat(ConversationMachine.holdsPlace(current())).isFalse();
  }

  @Test
  void who_approves_lets_the_turn_go_on_with_its_journal_and_this_approval_only() {
    Turn turn = asks();

    note("/aprovar");

    Turn next = handed();
    assertThat(next.turn()).isEqualTo(turn.turn());
    assertThat(next.attempt()).isEqualTo(2);
    assertThat(next.journal()).isNotNull();
    assertThat(next.approvals())
        .containsExactly(new Approval(LEAD.path(), LEAD.tool(), LEAD.argumentsHash(), "42", now));
    assertThat(next.isApproved(LEAD.path(), "other")).isFalse();
    assertThat(next.deadline()).isEqualTo(now.plusSeconds(90));
    assertThat(audited())
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.actor()).isEqualTo("42");
          assertThat(entry.action()).isEqualTo("approval.approve");
        });
    assertThat(reasons).anyMatch(r -> r.sentence().contains("person 42 approves"));
    claim(next);
    conclude(next, "Pronto.");
    assertThat(released().getLast().kind()).isEqualTo(ReplyKind.REPLY);
    assertThat(words(released().getLast())).isEqualTo("Pronto.");
  }

  @Test
  void what_is_approved_twice_is_done_once() {
    asks();

    note("/aprovar");
    note("/aprovar");

    assertThat(commands.stream().filter(Command.Hand.class::isInstance)).hasSize(2);
    assertThat(words(released().getLast())).contains("Não há nada à espera");
    assertThat(audited()).hasSize(1);
  }

  @Test
  void who_has_the_conversation_open_to_decide_gives_it_back_by_approving() {
    Turn turn = asks();
    hear(told(ConversationStatus.OPEN, true, List.of(), 2));
    assertThat(phase()).isInstanceOf(Suspended.class);

    note("/aprovar");
    Turn next = claim(handed());
    conclude(next, "Pronto.");

    assertThat(next.turn()).isEqualTo(turn.turn());
    assertThat(released()).anyMatch(r -> r.kind() == ReplyKind.GIVEN_BACK);
    assertThat(released().getLast().kind()).isEqualTo(ReplyKind.REPLY);
  }

  @Test
  void who_denies_has_the_conversation_and_the_customer_hears_that_it_was_not_done() {
    asks();
    hear(told(ConversationStatus.OPEN, true, List.of(), 2));

    note("/negar sem estoque");

    assertThat(phase()).isInstanceOf(HumanHeld.class);
    ReleasedReply told = released().getLast();
    assertThat(words(told)).contains("não foi feito");
    assertThat(noted(told)).contains("Negado", "sem estoque");
    assertThat(audited()).singleElement().extracting(AuditEntry::action).isEqualTo("approval.deny");
    assertThat(commands.stream().filter(Command.Hand.class::isInstance)).hasSize(1);
  }

  @Test
  void what_nobody_answers_expires_and_both_sides_are_told() {
    asks();

    pass(Duration.ofHours(23));
    assertThat(phase()).isInstanceOf(Suspended.class);
    pass(Duration.ofHours(1).plusSeconds(1));

    assertThat(phase()).isInstanceOf(HumanHeld.class);
    assertThat(words(released().getLast())).contains("a tempo");
    assertThat(noted(released().getLast())).contains("Ninguém respondeu");
    note("/aprovar");
    assertThat(words(released().getLast())).contains("Não há nada à espera");
  }

  @Test
  void how_long_a_person_is_waited_for_is_the_companys_choice() {
    tenant =
        withSettings(
            "\"autonomy\": \"CONFIRM\", \"conduct\": {\"patience\": {\"approval\": \"PT10M\"}},");
    asks();

    pass(Duration.ofMinutes(11));

    assertThat(phase()).isInstanceOf(HumanHeld.class);
  }

  @Test
  void a_persons_own_message_takes_over() {
    asks();

    hear(personWrites(next(), "Deixa comigo"));

    assertThat(phase()).isInstanceOf(HumanHeld.class);
    note("/aprovar");
    assertThat(words(released().getLast())).contains("Não há nada à espera");
  }

  @Test
  void what_the_customer_writes_meanwhile_is_answered_once_and_is_the_next_turn() {
    asks();

    hear(customer("e quanto custa a trena?"));
    hear(customer("oi?"));

    assertThat(released()).hasSize(2);
    assertThat(words(released().getLast())).contains("Ainda aguardo a confirmação");
    assertThat(current().pending()).hasSize(2);
    note("/aprovar");
    Turn next = claim(handed());
    conclude(next, "Pronto.");
    assertThat(handed().turn().number()).isEqualTo(next.turn().number() + 1);
    assertThat(handed().messages()).hasSize(2);
  }

  @Test
  void a_customer_who_asks_for_a_person_gets_one_and_nothing_is_written() {
    asks();

    hear(customer("quero falar com uma pessoa"));

    assertThat(phase()).isInstanceOf(HumanHeld.class);
    note("/aprovar");
    assertThat(commands.stream().filter(Command.Hand.class::isInstance)).hasSize(1);
  }

  @Test
  void who_closes_the_conversation_wants_nothing_done() {
    asks();

    hear(told(ConversationStatus.RESOLVED, false, List.of(), 2));

    assertThat(phase()).isInstanceOf(Quiet.class);
    note("/aprovar");
    assertThat(commands.stream().filter(Command.Hand.class::isInstance)).hasSize(1);
  }

  @Test
  void a_note_that_was_written_before_is_about_something_else() {
    Turn turn = aTurnAtWork();
    ConversationEvent early =
        Fixtures.event(
            CONVERSATION,
            EventKind.NOTE,
            Author.HUMAN_AGENT,
            next(),
            "/aprovar",
            ConversationStatus.PENDING,
            now.minusSeconds(10));
    asks(turn, LEAD);

    hear(early);

    assertThat(phase()).isInstanceOf(Suspended.class);
  }

  @Test
  void a_decision_counts_once_and_only_for_the_approval_that_it_names() {
    asks();
    String approval = suspended().approval();

    decision(DecisionKind.APPROVED, approval + "x");
    assertThat(suspended().approvedAt()).isNull();
    decision(DecisionKind.APPROVED, approval);
    assertThat(phase()).isInstanceOf(Answering.class);
    int before = commands.size();
    decision(DecisionKind.APPROVED, approval);
    decision(DecisionKind.DENIED, approval);

    assertThat(commands).hasSize(before);
    assertThat(audited()).singleElement().extracting(AuditEntry::actor).isEqualTo("maria");
  }

  @Test
  void a_second_write_of_the_turn_is_asked_for_by_itself() {
    asks();
    note("/aprovar");
    var second =
        new WantedWrite("1/complaint/2", "odoo__visit", "def", "Schedule", Content.of("when: 9h"));

    asks(claim(handed()), second);
    assertThat(words(released().getLast())).isEmpty();
    assertThat(noted(released().getLast())).contains("/aprovar 1.2");
    // Of somebody who has the first one in mind.
    note("/aprovar");
    assertThat(words(released().getLast())).contains("/aprovar 1.2");
    note("/aprovar 1.2");

    assertThat(handed().attempt()).isEqualTo(3);
    assertThat(handed().approvals()).hasSize(2);
  }

  @Test
  void an_attempt_that_fails_after_the_approval_is_tried_again_with_it() {
    asks();
    note("/aprovar");
    Turn approved = claim(handed());

    work(
        new Concluded(
            approved.turn(),
            approved.attempt(),
            OutcomeKind.FAILED,
            List.of(),
            null,
            "the system does not answer",
            List.of()));
    pass(Duration.ofSeconds(5));

    assertThat(handed().attempt()).isEqualTo(3);
    assertThat(handed().isApproved(LEAD.path(), LEAD.argumentsHash())).isTrue();
  }

  @Test
  void what_is_approved_waits_for_a_place_like_everybody_else() {
    asks();
    for (int i = 0; i < Rules.Limits.DEFAULT.places(); i++) {
      var other = new ConversationKey(CONVERSATION.account(), "chatwoot-%d".formatted(1_000 + i));
      hear(other, new Input.Happened(Fixtures.customerWrites(other, next(), QUESTION)));
      now = now.plusSeconds(1);
      hear(other, new Input.TimeCame(now));
    }

    note("/aprovar");

    assertThat(suspended().approvedAt()).isEqualTo(now);
    assertThat(ConversationMachine.waitsSince(current())).contains(now);
    pass(Duration.ofSeconds(91));
    assertThat(phase()).isInstanceOf(HumanHeld.class);
    assertThat(noted(released().getLast())).contains("não foi feito");
  }

  @Test
  void less_freedom_counts_also_for_what_is_approved_later() {
    asks();
    tenant = withSettings("\"autonomy\": \"SUGGEST\",");

    note("/aprovar");

    assertThat(phase()).isInstanceOf(HumanHeld.class);
    assertThat(commands.stream().filter(Command.Hand.class::isInstance)).hasSize(1);
  }

  @Test
  void an_approval_during_a_pause_goes_on_after_it() {
    asks();
    paused = true;

    note("/aprovar");
    assertThat(phase()).isInstanceOf(Suspended.class);
    resume();

    assertThat(phase()).isInstanceOf(Answering.class);
    assertThat(handed().attempt()).isEqualTo(2);
  }
}
