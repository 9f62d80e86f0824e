package io.mcpcrew.knowledge.memory;

import static io.mcpcrew.knowledge.Observations.after;
import static io.mcpcrew.knowledge.Observations.price;
import static io.mcpcrew.knowledge.Observations.priceSaidBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.schemas.contract.Observation;
import io.mcpcrew.schemas.contract.SourceClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class KnowledgeMachinePropertyTest {

  @Property(tries = 500)
  void anyOrderOfDuplicatesLeavesWhatTheSystemOfRecordSaidLast(
      @ForAll("prices") List<Observation> observations, @ForAll long order) {
    Observation newest =
        observations.stream().max(Comparator.comparing(Observation::observedAt)).orElseThrow();
    List<Observation> shuffled = new ArrayList<>(observations);
    shuffled.addAll(observations);
    Collections.shuffle(shuffled, new Random(order));

    Held held = seeAll(shuffled);

    assertThat(held.item().fields()).isEqualTo(newest.fields());
    assertThat(held.item().text()).isEqualTo(newest.text());
    assertThat(held.observedAt()).isEqualTo(newest.observedAt());
    assertThat(held.item().recordedTo()).isNull();
  }

  @Property(tries = 500)
  void readingAllOfItAgainChangesNothing(@ForAll("anybodys") List<Observation> observations) {
    Held once = seeAll(observations);
    Held twice = once;
    for (Observation again : observations) {
      twice = see(twice, again);
    }

    // Within what is remembered; beyond it the age of an observation tells.
    assertThat(twice).isEqualTo(once);
  }

  @Property(tries = 500)
  void versionsNeverGoBackAndConfirmationsNeverShrink(
      @ForAll("anybodys") List<Observation> observations, @ForAll long dice) {
    var random = new Random(dice);
    Held before = null;
    for (Observation observation : observations) {
      Held after = see(before, observation);
      if (random.nextInt(10) == 0) {
        after = KnowledgeMachine.expire(after, Duration.ofSeconds(1), after(100_000)).orElse(after);
      }
      if (before != null) {
        assertThat(after.item().version())
            .isBetween(before.item().version(), before.item().version() + 1);
        if (after.item().version() == before.item().version()) {
          assertThat(after.item().confirmations())
              .isGreaterThanOrEqualTo(before.item().confirmations());
          assertThat(after.item().fields()).isEqualTo(before.item().fields());
        } else {
          assertThat(after.item().recordedFrom()).isAfterOrEqualTo(before.item().recordedFrom());
        }
      }
      before = after;
    }
  }

  @Provide
  Arbitrary<List<Observation>> prices() {
    return Combinators.combine(
            Arbitraries.of("79.90", "89.90", "99.90"), Arbitraries.longs().between(0, 200))
        .as((price, second) -> price(price, second))
        .list()
        .ofMinSize(1)
        .ofMaxSize(20)
        .uniqueElements(Observation::observedAt);
  }

  @Provide
  Arbitrary<List<Observation>> anybodys() {
    return Combinators.combine(
            Arbitraries.of(
                SourceClass.SYSTEM_OF_RECORD, SourceClass.COMPANY_PERSON, SourceClass.DOCUMENT),
            Arbitraries.of("79.90", "89.90", "99.90"),
            Arbitraries.longs().between(0, 200))
        .as((source, price, second) -> priceSaidBy(source, price, second))
        .list()
        .ofMinSize(1)
        .ofMaxSize(20)
        .uniqueElements(Observation::observedAt);
  }

  private static Held seeAll(List<Observation> observations) {
    Held held = null;
    for (Observation observation : observations) {
      held = see(held, observation);
    }
    return Objects.requireNonNull(held);
  }

  private static Held see(@Nullable Held held, Observation observation) {
    return switch (KnowledgeMachine.decide(held, observation, after(1_000))) {
      case Decision.Opened opened -> opened.after();
      case Decision.Confirmed confirmed -> confirmed.after();
      case Decision.Superseded superseded -> superseded.after();
      case Decision.Disputed disputed -> disputed.after();
      case Decision.Ignored ignored -> ignored.after();
      case Decision.Refused _ -> Objects.requireNonNull(held);
    };
  }
}
