package io.mcpcrew.intent.conversation;

import static io.mcpcrew.intent.Fixtures.CONVERSATION;
import static io.mcpcrew.intent.Fixtures.NOON;
import static io.mcpcrew.intent.Fixtures.customerWrites;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.intent.Fixtures;
import io.mcpcrew.intent.find.Lexicon;
import io.mcpcrew.intent.find.RuleFinder;
import io.mcpcrew.schemas.contract.HumanHeld;
import io.mcpcrew.schemas.contract.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// A message's wishes on their way into a turn.
class SeveralWishesTest {
  private final Rules rules =
      new Rules(Fixtures.aShop(), new RuleFinder(Lexicon.builtIn()), Rules.Limits.DEFAULT);
  private final ShelfInMemory shelf = new ShelfInMemory();
  private final List<Command> commands = new ArrayList<>();

  @Test
  void becomeOneTurnWithATaskEachInTheOrderAsked() {
    write("cadê meu pedido S00042?", "e vocês têm broca de aço? que horas fecham amanhã?");

    Turn turn = handed().getFirst();
    assertThat(handed()).hasSize(1);
    assertThat(turn.tasks())
        .extracting(task -> task.intent().name())
        .containsExactly("order.status", "product.info", "company.hours");
    assertThat(turn.tasks())
        .extracting(task -> task.entities().getFirst().value().readable())
        .containsExactly("S00042", "broca aço", "2026-11-21");
    assertThat(turn.language()).isEqualTo("pt");
  }

  @Test
  void areNothingBesideTheWishForAPerson() {
    write("quanto custa a furadeira?", "deixa, quero falar com um atendente");

    assertThat(handed()).isEmpty();
    assertThat(Objects.requireNonNull(shelf.conversation(CONVERSATION)).phase())
        .isInstanceOf(HumanHeld.class);
  }

  private void write(String... texts) {
    for (int i = 0; i < texts.length; i++) {
      decide(new Input.Happened(customerWrites(i + 1, texts[i])), NOON);
    }
    decide(new Input.TimeCame(null), NOON.plusSeconds(2));
  }

  private void decide(Input input, Instant now) {
    AccountGate.Change change = AccountGate.hear(shelf, CONVERSATION, input, now, rules);
    shelf.keep(CONVERSATION.account(), change);
    change.transitions().forEach(step -> commands.addAll(step.decision().commands()));
  }

  private List<Turn> handed() {
    return commands.stream()
        .filter(Command.Hand.class::isInstance)
        .map(command -> ((Command.Hand) command).turn())
        .toList();
  }
}
