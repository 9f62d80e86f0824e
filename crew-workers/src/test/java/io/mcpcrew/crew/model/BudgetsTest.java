package io.mcpcrew.crew.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mcpcrew.runtime.settings.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BudgetsTest {
  private static final TurnLimits LIMITS = new TurnLimits(4, 1_000, 500, Duration.ofSeconds(30));

  @Test
  void each_limit_of_a_turn_ends_it_with_its_reason() {
    assertThat(LIMITS.over(new TurnLimits.Used(3, 999, 499), Duration.ofSeconds(29))).isEmpty();
    assertThat(LIMITS.over(new TurnLimits.Used(4, 0, 0), Duration.ZERO))
        .hasValueSatisfying(reason -> assertThat(reason).contains("4 steps"));
    assertThat(LIMITS.over(new TurnLimits.Used(0, 1_000, 0), Duration.ZERO))
        .hasValueSatisfying(reason -> assertThat(reason).contains("1000 tokens"));
    assertThat(LIMITS.over(new TurnLimits.Used(0, 0, 500), Duration.ZERO))
        .hasValueSatisfying(reason -> assertThat(reason).contains("budget"));
    assertThat(LIMITS.over(TurnLimits.Used.NOTHING, Duration.ofSeconds(30)))
        .hasValueSatisfying(reason -> assertThat(reason).contains("time"));
  }

  @Test
  void what_costs_nothing_is_not_stopped_by_a_budget_of_nothing() {
    assertThat(
            new TurnLimits(4, 1_000, 0, Duration.ofSeconds(30))
                .over(new TurnLimits.Used(1, 10, 0), Duration.ZERO))
        .isEmpty();
  }

  @Test
  void a_crew_can_only_allow_itself_less() {
    var crew = new TurnLimits(100, 10, 50, Duration.ofSeconds(5));

    assertThat(LIMITS.within(crew)).isEqualTo(new TurnLimits(4, 10, 50, Duration.ofSeconds(5)));
  }

  @Test
  void tokens_cost_what_the_price_list_says_rounded_up() {
    var model = model("0.15", "0.60");

    assertThat(model.costMicros(1_000_000, 0)).isEqualTo(150_000);
    assertThat(model.costMicros(1_000, 1_000)).isEqualTo(750);
    assertThat(model.costMicros(1, 0)).isEqualTo(1);
    assertThat(model.costMicros(0, 0)).isZero();
  }

  @Property(tries = 300)
  void whatever_happens_to_the_counter_workers_spend_little_more_than_the_budget(
      @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 8) Integer> happens) {
    long limit = 1_000;
    double alone = 0.1;
    long costliest = 40;
    long counted = 0;
    long spent = 0;
    Purse[] workers = {Purse.EMPTY, Purse.EMPTY, Purse.EMPTY};
    for (int what : happens) {
      int who = what % 3;
      boolean together = what < 5;
      if (together) {
        counted += workers[who].unseen();
        workers[who] = workers[who].heard(counted);
      }
      if (workers[who].allows(limit, together, alone)) {
        workers[who] = workers[who].spent(costliest);
        spent += costliest;
      }
    }

    assertThat(spent).isLessThanOrEqualTo((long) (limit + 3 * (limit * alone + costliest)));
  }

  @Test
  void a_worker_that_is_alone_goes_on_but_not_for_long() {
    Purse purse = Purse.EMPTY.heard(500);

    assertThat(purse.allows(1_000, false, 0.1)).isTrue();
    assertThat(purse.spent(100).allows(1_000, false, 0.1)).isFalse();
    assertThat(purse.spent(100).allows(1_000, true, 0.1)).isTrue();
    assertThat(Purse.EMPTY.heard(1_000).allows(1_000, true, 0.1)).isFalse();
  }

  @Test
  void settings_name_only_models_that_there_are() {
    var cheap = model("0", "0");

    assertThat(settings(Map.of("a", cheap), null).chain(null)).containsExactly("a");
    assertThat(settings(Map.of("a", cheap), null).chain("b")).isEmpty();
    assertThat(settings(Map.of("a", cheap, "b", cheap), null).chain(null)).isEmpty();
    assertThat(settings(Map.of("a", cheap, "b", falling("a")), "b").chain(null))
        .containsExactly("b", "a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(Map.of("a", falling("c")), null))
        .withMessageContaining("crew.models.a.fallbacks: 'c'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(Map.of("a", cheap), "z"))
        .withMessageContaining("crew.default-model: 'z'");
  }

  private static ModelsSettings settings(
      Map<String, ModelsSettings.Model> models, @org.jspecify.annotations.Nullable String first) {
    return new ModelsSettings(models, first, ModelsSettings.Budgets.defaults());
  }

  private static ModelsSettings.Model falling(String fallback) {
    return TestModels.model(URI.create("http://127.0.0.1/v1"), "0", "0", List.of(fallback));
  }

  private static ModelsSettings.Model model(String in, String out) {
    return TestModels.model(URI.create("http://127.0.0.1/v1"), in, out, List.of());
  }

  @Test
  void a_key_is_named_and_never_written() {
    assertThat(model("0", "0").toString()).contains("file:").doesNotContain(TestModels.KEY);
    assertThatIllegalArgumentException().isThrownBy(() -> new Secret("sk-123"));
  }
}
