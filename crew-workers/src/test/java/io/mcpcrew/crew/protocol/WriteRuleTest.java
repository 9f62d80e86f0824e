package io.mcpcrew.crew.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.crew.Shop;
import io.mcpcrew.schemas.TurnId;
import io.mcpcrew.schemas.contract.Announced;
import io.mcpcrew.schemas.contract.EffectClass;
import io.mcpcrew.schemas.contract.Step;
import io.mcpcrew.schemas.contract.StepKind;
import io.mcpcrew.schemas.contract.Work;
import io.mcpcrew.schemas.contract.WorkEvent;
import org.junit.jupiter.api.Test;

class WriteRuleTest {
  private static final TurnId TURN = Shop.id(Shop.LOJA, "chatwoot-1", 1);
  private static final TurnId OTHER = Shop.id(Shop.LOJA, "chatwoot-1", 2);
  private static final String PATH = "orders/1/1";

  private final EarlierAttempts earlier = new EarlierAttempts(TURN);

  @Test
  void what_nobody_has_begun_may_be_called() {
    assertThat(next("h", EffectClass.BLIND)).isInstanceOf(WriteRule.Next.Call.class);
  }

  @Test
  void what_is_known_to_have_happened_is_not_called_again() {
    hear(announced(TURN, "h"));
    hear(step(TURN, "h"));

    assertThat(next("h", EffectClass.KEYED)).isInstanceOf(WriteRule.Next.Known.class);
  }

  @Test
  void of_what_may_have_happened_the_class_decides() {
    hear(announced(TURN, "h"));

    assertThat(next("h", EffectClass.KEYED)).isInstanceOf(WriteRule.Next.Call.class);
    assertThat(next("h", EffectClass.CHECKABLE)).isInstanceOf(WriteRule.Next.Ask.class);
    assertThat(next("h", EffectClass.BLIND)).isInstanceOf(WriteRule.Next.Person.class);
    assertThat(next("h", EffectClass.UNKNOWN)).isInstanceOf(WriteRule.Next.Person.class);
  }

  @Test
  void what_nobody_can_check_is_for_a_person_although_it_calls_itself_checkable() {
    hear(announced(TURN, "h"));

    assertThat(WriteRule.next(earlier, PATH, "h", EffectClass.CHECKABLE, false))
        .isInstanceOf(WriteRule.Next.Person.class);
  }

  @Test
  void a_place_that_comes_back_with_other_arguments_is_for_a_person() {
    hear(announced(TURN, "h"));
    assertThat(next("other", EffectClass.KEYED)).isInstanceOf(WriteRule.Next.Person.class);

    hear(step(TURN, "h"));
    assertThat(next("other", EffectClass.KEYED)).isInstanceOf(WriteRule.Next.Person.class);
  }

  @Test
  void what_another_turn_did_says_nothing_of_this_one() {
    hear(announced(OTHER, "h"));
    hear(step(OTHER, "h"));

    assertThat(next("h", EffectClass.BLIND)).isInstanceOf(WriteRule.Next.Call.class);
  }

  private WriteRule.Next next(String hash, EffectClass effect) {
    return WriteRule.next(earlier, PATH, hash, effect, true);
  }

  private void hear(WorkEvent event) {
    earlier.hear(new Work("w", Shop.NOON, event));
  }

  private static Announced announced(TurnId turn, String hash) {
    return new Announced(
        turn, 1, PATH, "tool", hash, turn + PATH, EffectClass.KEYED, Shop.NOON, 1_000);
  }

  private static Step step(TurnId turn, String hash) {
    return new Step(
        turn, 1, PATH, StepKind.TOOL, "tool", hash, true, null, null, Shop.NOON, 1, 0, 0, 0);
  }
}
