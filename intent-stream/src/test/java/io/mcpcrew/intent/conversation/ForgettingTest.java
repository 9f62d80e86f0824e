package io.mcpcrew.intent.conversation;

import static io.mcpcrew.intent.Fixtures.CONVERSATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.intent.Fixtures;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.Announced;
import io.mcpcrew.schemas.contract.Author;
import io.mcpcrew.schemas.contract.Claimed;
import io.mcpcrew.schemas.contract.ConversationEvent;
import io.mcpcrew.schemas.contract.ConversationStatus;
import io.mcpcrew.schemas.contract.DecisionKind;
import io.mcpcrew.schemas.contract.Delivery;
import io.mcpcrew.schemas.contract.DeliveryStatus;
import io.mcpcrew.schemas.contract.EffectClass;
import io.mcpcrew.schemas.contract.EventKind;
import io.mcpcrew.schemas.contract.Fenced;
import io.mcpcrew.schemas.contract.Gathering;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.Quiet;
import io.mcpcrew.schemas.contract.ReleasedReply;
import io.mcpcrew.schemas.contract.Turn;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who has not been heard of for thirty days is forgotten, and who comes back is somebody new with
/// numbers that nobody had.
class ForgettingTest extends ConversationDriver {
  private static final Duration MONTH = Rules.Limits.DEFAULT.forgetAfter();

  private boolean isForgotten() {
    return shelf.conversation(CONVERSATION) == null;
  }

  private Turn answered() {
    Turn turn = aTurnAtWork();
    conclude(turn, "R$ 289,90");
    return turn;
  }

  private Turn forgotten() {
    Turn turn = answered();
    pass(MONTH);
    assertThat(isForgotten()).isTrue();
    return turn;
  }

  private ConversationEvent now(Author author, EventKind kind, String text, ConversationStatus s) {
    return Fixtures.event(CONVERSATION, kind, author, next(), text, s, now);
  }

  @Test
  void a_conversation_in_which_nothing_happens_is_forgotten_after_thirty_days() {
    answered();
    pass(MONTH.minusSeconds(1));
    assertThat(phase()).isInstanceOf(Quiet.class);

    pass(Duration.ofSeconds(1));

    assertThat(isForgotten()).isTrue();
    assertThat(commands).last().isInstanceOf(Command.Forget.class);
  }

  @Test
  void whatever_happens_in_it_puts_that_off() {
    answered();
    pass(MONTH.minusDays(1));
    hear(now(Author.OTHER_BOT, EventKind.MESSAGE, "novidades", ConversationStatus.UNKNOWN));

    pass(MONTH.minusSeconds(1));

    assertThat(isForgotten()).isFalse();
  }

  @Test
  void who_comes_back_has_a_turn_with_a_number_that_none_had() {
    Turn before = forgotten();

    Turn turn = aTurnAtWork();

    assertThat(turn.turn().number()).isGreaterThan(before.turn().number());
    assertThat(turn.earlier()).as("for who counts turns it is the first").isZero();
    assertThat(turn.history()).isEmpty();
  }

  @Test
  void so_it_is_each_time_and_no_key_is_used_twice() {
    for (int month = 0; month < 4; month++) {
      Turn turn = aTurnAtWork();
      conclude(turn, "R$ 289,90");
      hear(now(Author.HUMAN_AGENT, EventKind.NOTE, "/porque", ConversationStatus.UNKNOWN));
      pass(MONTH);
      assertThat(isForgotten()).isTrue();
      hear(now(Author.HUMAN_AGENT, EventKind.NOTE, "/porque", ConversationStatus.UNKNOWN));
    }

    assertThat(released()).extracting(ReleasedReply::replyKey).hasSize(12).doesNotHaveDuplicates();
  }

  @Test
  void another_account_counts_for_itself() {
    forgotten();

    assertThat(shelf.places(CONVERSATION.account()).used()).isPositive();
    assertThat(shelf.places(new AccountId("loja-2")).used()).isZero();
  }

  @Test
  void nothing_is_forgotten_while_a_turn_is_open_or_a_customer_waits_or_a_pause_lasts() {
    aTurnAtWork();
    assertThat(ConversationMachine.due(current(), rules())).contains(now.plusSeconds(8));

    hear(now(Author.CUSTOMER, EventKind.MESSAGE, "quero um humano", ConversationStatus.PENDING));
    paused = true;
    hear(now(Author.HUMAN_AGENT, EventKind.NOTE, "/porque", ConversationStatus.UNKNOWN));
    assertThat(current().keptBack()).isNotEmpty();
    pass(MONTH.multipliedBy(2));

    assertThat(isForgotten()).isFalse();
  }

  @Test
  void a_person_keeps_the_word_that_only_we_remember() {
    tenant = presence("WRITES");
    answered();
    hear(now(Author.HUMAN_AGENT, EventKind.MESSAGE, "eu cuido", ConversationStatus.OPEN));

    pass(MONTH.multipliedBy(3));

    assertThat(phase()).isInstanceOf(HumanHeld.class);
    assertThat(ConversationMachine.due(current(), rules())).isEmpty();
  }

  @Test
  void a_person_to_whom_the_channel_gives_the_word_has_it_when_the_customer_comes_back() {
    answered();
    hear(now(Author.HUMAN_AGENT, EventKind.MESSAGE, "eu cuido", ConversationStatus.OPEN));
    hear(told(ConversationStatus.OPEN, true, List.of(), 60));
    assertThat(phase()).isInstanceOf(HumanHeld.class);
    pass(MONTH);
    assertThat(isForgotten()).isTrue();

    hear(now(Author.CUSTOMER, EventKind.MESSAGE, "oi", ConversationStatus.OPEN));

    assertThat(phase()).isInstanceOf(HumanHeld.class);
  }

  @Test
  void what_is_still_said_of_a_forgotten_turn_changes_nothing() {
    Turn turn = forgotten();
    int soFar = commands.size();

    conclude(turn, "R$ 1,00");
    work(Fixtures.step(turn.turn(), 1, "crew/1/0"));
    work(new Fenced(turn.turn(), 1, "silent"));
    giveBack(released().getLast());
    hear(CONVERSATION, undelivered(released().getLast()));
    hear(CONVERSATION, approves(turn));
    pass(Duration.ofDays(1));

    assertThat(isForgotten()).isTrue();
    assertThat(commands).hasSize(soFar);
  }

  @Test
  void nor_does_it_when_the_conversation_has_begun_anew() {
    Turn turn = forgotten();
    ReleasedReply old = released().getLast();
    hear(customer(QUESTION));
    int soFar = commands.size();

    conclude(turn, "R$ 1,00");
    giveBack(old);
    hear(CONVERSATION, undelivered(old));

    assertThat(phase()).isInstanceOf(Gathering.class);
    assertThat(commands).hasSize(soFar);
  }

  private Input undelivered(ReleasedReply reply) {
    return new Input.Undelivered(
        new Delivery(reply.turn(), reply.replyKey(), DeliveryStatus.EXPIRED, null, "", now, reply));
  }

  private Input approves(Turn turn) {
    return new Input.Decided(
        new io.mcpcrew.schemas.contract.Decision(
            "d1",
            CONVERSATION,
            turn.turn(),
            DecisionKind.APPROVED,
            "maria",
            null,
            now,
            turn.turn() + "/crew/1/0#h"));
  }

  @Test
  void a_worker_that_takes_a_forgotten_turn_is_told_to_stop_and_a_person_what_it_announces() {
    Turn turn = forgotten();

    work(new Claimed(turn.turn(), 1));
    assertThat(commands).last().isInstanceOf(Command.Advise.class);
    work(
        new Announced(
            turn.turn(), 1, "crew/1/0", "odoo__create", "h", "k", EffectClass.BLIND, now, 1_000));

    assertThat(released()).last().extracting(ReleasedReply::replyKey).isEqualTo("k/late");
  }

  @Test
  void what_was_heard_before_and_comes_again_is_no_news() {
    ConversationEvent question = customer(QUESTION);
    hear(question);
    pass(Duration.ofSeconds(1));
    conclude(claim(handed()), "R$ 289,90");
    ConversationEvent silence =
        now(Author.HUMAN_AGENT, EventKind.NOTE, "/pausar 1h", ConversationStatus.UNKNOWN);
    hear(silence);
    pass(Duration.ofHours(1));
    pass(MONTH);
    assertThat(isForgotten()).isTrue();

    hear(question);
    hear(silence);
    assertThat(isForgotten()).isTrue();

    hear(customer("oi de novo"));
    hear(question);
    hear(silence);
    assertThat(phase()).isInstanceOf(Gathering.class);
    assertThat(current().pending()).hasSize(1);
  }

  @Test
  void a_new_conversation_counts_on_from_the_highest_number_that_was_forgotten() {
    forgotten();
    var other = new ConversationKey(CONVERSATION.account(), "chatwoot-8");

    hear(other, new Input.Happened(at(Fixtures.customerWrites(other, 1, QUESTION))));

    assertThat(shelf.conversation(other))
        .satisfies(
            state -> assertThat(state.begins()).isEqualTo(shelf.places(other.account()).used()));
  }

  private ConversationEvent at(ConversationEvent event) {
    return at(event, event.channel(), List.of(), event.facts());
  }
}
