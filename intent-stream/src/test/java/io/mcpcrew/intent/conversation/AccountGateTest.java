package io.mcpcrew.intent.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.intent.Fixtures;
import io.mcpcrew.intent.find.Lexicon;
import io.mcpcrew.intent.find.RuleFinder;
import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.ConversationKey;
import io.mcpcrew.schemas.contract.Answering;
import io.mcpcrew.schemas.contract.Claimed;
import io.mcpcrew.schemas.contract.Concluded;
import io.mcpcrew.schemas.contract.ConversationState;
import io.mcpcrew.schemas.contract.OutcomeKind;
import io.mcpcrew.schemas.contract.Turn;
import io.mcpcrew.schemas.contract.Waiting;
import io.mcpcrew.schemas.contract.Work;
import io.mcpcrew.schemas.contract.WorkEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AccountGateTest {
  private static final AccountId LOJA = new AccountId("loja");
  private static final AccountId LOJA_2 = new AccountId("loja-2");

  private final ShelfInMemory shelf = new ShelfInMemory();
  private final List<Turn> handed = new ArrayList<>();
  private final Rules rules =
      new Rules(
          Fixtures.aShop(),
          new RuleFinder(Lexicon.builtIn()),
          new Rules.Limits(
              Duration.ofSeconds(8),
              Duration.ofSeconds(90),
              4,
              12,
              Duration.ofSeconds(1),
              2,
              Duration.ofMinutes(10),
              Duration.ofDays(30)));
  private Instant now = Fixtures.NOON;

  @Test
  void noMoreTurnsAreOpenedThanTheAccountHasPlaces() {
    asks(LOJA, "a", 1);
    asks(LOJA, "b", 1);
    asks(LOJA, "c", 1);

    assertThat(handed).hasSize(2);
    assertThat(phase(LOJA, "c")).isInstanceOf(Waiting.class);
    assertThat(shelf.taken(LOJA)).isEqualTo(2);
  }

  @Test
  void whoWaitedLongestGetsTheNextPlace() {
    asks(LOJA, "a", 1);
    asks(LOJA, "b", 1);
    asks(LOJA, "d", 1);
    asks(LOJA, "c", 1);

    replies(handed.getFirst());

    assertThat(phase(LOJA, "d")).isInstanceOf(Answering.class);
    assertThat(phase(LOJA, "c")).isInstanceOf(Waiting.class);
    assertThat(shelf.taken(LOJA)).isEqualTo(2);
  }

  @Test
  void whoNeverStopsTalkingGoesToTheEndOfTheQueue() {
    asks(LOJA, "a", 1);
    asks(LOJA, "b", 1);
    asks(LOJA, "c", 1);
    asks(LOJA, "a", 2);

    replies(handed.getFirst());

    assertThat(phase(LOJA, "c")).isInstanceOf(Answering.class);
    assertThat(phase(LOJA, "a")).isInstanceOf(Waiting.class);
  }

  @Test
  void whoMeanwhileHasAPersonNeedsNoPlace() {
    asks(LOJA, "a", 1);
    asks(LOJA, "b", 1);
    asks(LOJA, "c", 1);
    asks(LOJA, "d", 1);
    hear(key(LOJA, "c"), new Input.Happened(Fixtures.personWrites(key(LOJA, "c"), 2, "Oi")));

    replies(handed.getFirst());

    assertThat(phase(LOJA, "d")).isInstanceOf(Answering.class);
    assertThat(shelf.taken(LOJA)).isEqualTo(2);
  }

  @Test
  void whoWaitsTooLongForAPlaceGetsAPerson() {
    asks(LOJA, "a", 1);
    asks(LOJA, "b", 1);
    asks(LOJA, "c", 1);
    now = now.plusSeconds(90);

    AccountGate.Change change = hear(key(LOJA, "c"), new Input.TimeCame(null));

    assertThat(change.transitions().getFirst().decision().commands())
        .anyMatch(Command.Release.class::isInstance);
    assertThat(shelf.nextWaiting(LOJA, null)).isEmpty();
  }

  @Test
  void anAccountThatIsFullTakesNothingFromAnotherWhoseNameBeginsLikeIt() {
    asks(LOJA, "a", 1);
    asks(LOJA, "b", 1);
    asks(LOJA, "c", 1);
    asks(LOJA_2, "a", 1);

    assertThat(phase(LOJA_2, "a")).isInstanceOf(Answering.class);
    assertThat(shelf.taken(LOJA_2)).isEqualTo(1);
    assertThat(shelf.nextWaiting(LOJA_2, null)).isEmpty();
  }

  // ------------------------------------------------------------------ what happens

  private void asks(AccountId account, String name, long number) {
    now = now.plusMillis(10);
    ConversationKey key = key(account, name);
    hear(key, new Input.Happened(Fixtures.customerWrites(key, number, "tem furadeira?")));
    now = now.plusSeconds(1);
    hear(key, new Input.TimeCame(null));
  }

  private void replies(Turn turn) {
    work(turn, new Claimed(turn.turn(), 1));
    work(
        turn,
        new Concluded(
            turn.turn(), 1, OutcomeKind.REPLY, List.of(Content.of("Sim")), null, "", List.of()));
  }

  private void work(Turn turn, WorkEvent event) {
    hear(turn.turn().conversation(), new Input.Worked(new Work("w", now, event), 0, 1, null));
  }

  private AccountGate.Change hear(ConversationKey key, Input input) {
    AccountGate.Change change = AccountGate.hear(shelf, key, input, now, rules);
    shelf.keep(key.account(), change);
    for (AccountGate.Transitioned step : change.transitions()) {
      for (Command command : step.decision().commands()) {
        if (command instanceof Command.Hand(Turn turn, boolean _)) {
          handed.add(turn);
        }
      }
    }
    return change;
  }

  private static ConversationKey key(AccountId account, String name) {
    return new ConversationKey(account, name);
  }

  private Object phase(AccountId account, String name) {
    ConversationState state = shelf.conversation(key(account, name));
    return Objects.requireNonNull(state).phase();
  }
}
