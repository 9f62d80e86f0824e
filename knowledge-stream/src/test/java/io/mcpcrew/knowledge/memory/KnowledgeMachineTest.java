package io.mcpcrew.knowledge.memory;

import static io.mcpcrew.knowledge.Observations.after;
import static io.mcpcrew.knowledge.Observations.insight;
import static io.mcpcrew.knowledge.Observations.observation;
import static io.mcpcrew.knowledge.Observations.price;
import static io.mcpcrew.knowledge.Observations.priceSaidBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.knowledge.Observations;
import io.mcpcrew.schemas.Content;
import io.mcpcrew.schemas.contract.KnowledgeItem;
import io.mcpcrew.schemas.contract.Observation;
import io.mcpcrew.schemas.contract.SourceClass;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KnowledgeMachineTest {
  private @Nullable Held held;
  private @Nullable KnowledgeItem closed;

  @Test
  void whatIsSeenForTheFirstTimeIsVersionOne() {
    assertThat(see(price("99.90", 0))).isInstanceOf(Decision.Opened.class);

    assertThat(item().version()).isEqualTo(1);
    assertThat(item().fields()).containsEntry("price", "99.90");
    assertThat(item().validFrom()).isEqualTo(after(0));
    assertThat(item().recordedFrom()).isEqualTo(after(1));
    assertThat(item().validTo()).isNull();
    assertThat(item().recordedTo()).isNull();
  }

  @Test
  void whatIsSeenAgainIsConfirmedAndNoNewVersion() {
    see(price("99.90", 0));

    see(price("99.90", 10));
    see(price("99.90", 20));

    assertThat(item().version()).isEqualTo(1);
    assertThat(item().confirmations()).isEqualTo(2);
    assertThat(item().validFrom()).isEqualTo(after(0));
  }

  @Test
  void theLogHearsOfConfirmationsOnceAMinuteAndOfTheirTrueNumber() {
    see(price("99.90", 0));

    int announced = 0;
    for (int second = 1; second <= 180; second++) {
      if (see(price("99.90", second)) instanceof Decision.Confirmed(Held _, boolean isAnnounced)
          && isAnnounced) {
        announced++;
      }
    }

    assertThat(announced).isEqualTo(3);
    assertThat(item().confirmations()).isEqualTo(180);
  }

  @Test
  void theSystemOfRecordSupersedesItselfAndTheOldVersionIsClosedAndNotLost() {
    see(price("99.90", 0));
    see(price("99.90", 5));

    assertThat(see(price("89.90", 60))).isInstanceOf(Decision.Superseded.class);

    assertThat(item().version()).isEqualTo(2);
    assertThat(item().confirmations()).isZero();
    assertThat(item().fields()).containsEntry("price", "89.90");
    KnowledgeItem before = Objects.requireNonNull(closed);
    assertThat(before.version()).isEqualTo(1);
    assertThat(before.confirmations()).isEqualTo(1);
    assertThat(before.fields()).containsEntry("price", "99.90");
    assertThat(before.validTo()).isEqualTo(after(60));
    assertThat(before.recordedTo()).isEqualTo(item().recordedFrom());
  }

  @Test
  void anOlderObservationChangesNothing() {
    see(price("89.90", 60));

    assertThat(see(price("99.90", 0))).isInstanceOf(Decision.Ignored.class);

    assertThat(item().fields()).containsEntry("price", "89.90");
  }

  @Test
  void theSameObservationCountsOnce() {
    see(price("99.90", 0));
    see(price("99.90", 10));

    assertThat(see(price("99.90", 10))).isInstanceOf(Decision.Ignored.class);

    assertThat(item().confirmations()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = SourceClass.class,
      names = {"COMPANY_PERSON", "DOCUMENT"})
  void aWeakerSourceThatContradictsIsAQuestionToAPersonAndChangesNothing(SourceClass weaker) {
    see(price("99.90", 0));

    var decision = see(priceSaidBy(weaker, "79.90", 60));

    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Disputed.class,
            disputed -> {
              assertThat(disputed.dispute().held().fields()).containsEntry("price", "99.90");
              assertThat(disputed.dispute().claimed().fields()).containsEntry("price", "79.90");
            });
    assertThat(item().version()).isEqualTo(1);
    assertThat(item().fields()).containsEntry("price", "99.90");
  }

  @Test
  void theSameClaimIsOneQuestion() {
    see(price("99.90", 0));
    see(priceSaidBy(SourceClass.DOCUMENT, "79.90", 60));

    assertThat(see(priceSaidBy(SourceClass.DOCUMENT, "79.90", 120)))
        .isInstanceOf(Decision.Ignored.class);
    assertThat(see(priceSaidBy(SourceClass.DOCUMENT, "69.90", 180)))
        .isInstanceOf(Decision.Disputed.class);
  }

  @Test
  void twoEqualSourcesThatDisagreeAreAQuestionToAPerson() {
    see(insight(SourceClass.CUSTOMER, "contact-9", "mornings", 0));

    assertThat(see(insight(SourceClass.CUSTOMER, "contact-9", "evenings", 60)))
        .isInstanceOf(Decision.Disputed.class);
  }

  @Test
  void aSourceMayCorrectItself() {
    see(priceSaidBy(SourceClass.DOCUMENT, "99.90", 0));

    assertThat(see(priceSaidBy(SourceClass.DOCUMENT, "89.90", 60)))
        .isInstanceOf(Decision.Superseded.class);
  }

  @Test
  void aStrongerSourceDecides() {
    see(priceSaidBy(SourceClass.DOCUMENT, "99.90", 0));

    assertThat(see(price("89.90", 60))).isInstanceOf(Decision.Superseded.class);
    assertThat(item().sourceClass()).isEqualTo(SourceClass.SYSTEM_OF_RECORD);
  }

  @Test
  void theSameWordsFromAStrongerSourceAreANewVersionBecauseTheySupportMore() {
    see(insight(SourceClass.MODEL_CONCLUSION, "contact-9", "mornings", 0));

    see(insight(SourceClass.COMPANY_PERSON, "contact-9", "mornings", 60));

    assertThat(item().version()).isEqualTo(2);
    assertThat(item().sourceClass()).isEqualTo(SourceClass.COMPANY_PERSON);
  }

  @Test
  void anEchoFromAWeakerSourceDoesNotKeepAPriceAlive() {
    see(price("99.90", 0));

    see(priceSaidBy(SourceClass.DOCUMENT, "99.90", 3_000));

    assertThat(item().confirmations()).isEqualTo(1);
    assertThat(KnowledgeMachine.expire(held(), Duration.ofHours(1), after(3_600))).isPresent();
  }

  @ParameterizedTest
  @EnumSource(
      value = SourceClass.class,
      names = {"CUSTOMER", "MODEL_CONCLUSION"})
  void whatACustomerOrAModelSaysNeverBecomesTheCompanys(SourceClass source) {
    assertThat(see(insight(source, null, "we give everybody ten percent", 0)))
        .isInstanceOfSatisfying(
            Decision.Refused.class, refused -> assertThat(refused.code()).isEqualTo("no_subject"));
    assertThat(held).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = SourceClass.class,
      names = {"CUSTOMER", "MODEL_CONCLUSION"})
  void whatACustomerOrAModelSaysSupportsNoPriceEvenForOneContact(SourceClass source) {
    var product =
        observation(
            "loja",
            Observations.PRODUCT,
            "EX-01",
            "contact-9",
            source,
            "turn-1",
            "they said so",
            Map.of(),
            0);
    var field =
        observation(
            "loja",
            Observations.INSIGHT,
            "agreed",
            "contact-9",
            source,
            "turn-1",
            "they said so",
            Map.of("unit_price", "1.00"),
            0);

    assertThat(see(product))
        .isInstanceOfSatisfying(
            Decision.Refused.class, r -> assertThat(r.code()).isEqualTo("not_its_to_say"));
    assertThat(see(field))
        .isInstanceOfSatisfying(
            Decision.Refused.class, r -> assertThat(r.code()).isEqualTo("not_its_to_say"));
  }

  @Test
  void whatSaysNothingClearIsRefusedWithItsReason() {
    assertThat(code(priceSaidBy(SourceClass.UNKNOWN, "1.00", 0))).isEqualTo("unknown_source");
    assertThat(code(price("1.00", 3_600))).isEqualTo("from_the_future");
    assertThat(code(with(price("1.00", 0), " ", 0.5))).isEqualTo("bad_name");
    assertThat(code(with(price("1.00", 0), "x".repeat(257), 0.5))).isEqualTo("bad_name");
    assertThat(code(with(price("1.00", 0), "EX-01", 1.5))).isEqualTo("bad_confidence");
    assertThat(code(with(price("1.00", 0), "EX-01", Double.NaN))).isEqualTo("bad_confidence");
  }

  @Test
  void whatNobodySeesAgainRunsOutAndIsClosedNotDeleted() {
    see(price("99.90", 0));
    see(price("99.90", 600));
    Duration hour = Duration.ofHours(1);

    assertThat(KnowledgeMachine.expire(held(), hour, after(4_199))).isEmpty();
    held = KnowledgeMachine.expire(held(), hour, after(4_200)).orElseThrow();

    assertThat(item().validTo()).isEqualTo(after(4_200));
    assertThat(item().recordedTo()).isEqualTo(after(4_200));
    assertThat(item().fields()).containsEntry("price", "99.90");
    assertThat(KnowledgeMachine.expire(held(), hour, after(9_000))).isEmpty();
  }

  @Test
  void whatRanOutAndIsSeenAgainIsTheNextVersion() {
    see(price("99.90", 0));
    held = KnowledgeMachine.expire(held(), Duration.ofHours(1), after(3_600)).orElseThrow();

    assertThat(see(price("99.90", 0))).isInstanceOf(Decision.Ignored.class);
    assertThat(see(price("99.90", 4_000))).isInstanceOf(Decision.Opened.class);

    assertThat(item().version()).isEqualTo(2);
    assertThat(item().recordedTo()).isNull();
  }

  @Test
  void aClockThatIsSetBackDoesNotSetAVersionBack() {
    held = null;
    decide(price("99.90", 100), after(100));

    decide(price("89.90", 101), after(40));

    assertThat(item().version()).isEqualTo(2);
    assertThat(item().recordedFrom()).isEqualTo(after(100));
    assertThat(Objects.requireNonNull(closed).recordedTo()).isEqualTo(after(100));
  }

  @Test
  void aSlashInACodeIsNotASubject() {
    var code =
        new ItemKey(Observations.price("1", 0).account(), Observations.PRODUCT, "EX/7", null);
    var contact =
        new ItemKey(Observations.price("1", 0).account(), Observations.PRODUCT, "EX", "7");

    assertThat(code).hasToString("loja/PRODUCT_INFO/EX%2F7");
    assertThat(contact).hasToString("loja/PRODUCT_INFO/EX/7");
  }

  private String code(Observation observation) {
    return KnowledgeMachine.decide(null, observation, after(0))
            instanceof Decision.Refused(String code, String _)
        ? code
        : "not refused";
  }

  private static Observation with(Observation o, String key, double confidence) {
    return new Observation(
        o.observationId(),
        o.account(),
        o.type(),
        key,
        o.subject(),
        o.sourceClass(),
        o.source(),
        Content.of("x"),
        o.fields(),
        confidence,
        o.observedAt());
  }

  private Decision see(Observation observation) {
    return decide(observation, observation.observedAt().plusSeconds(1));
  }

  private Decision decide(Observation observation, Instant now) {
    Decision decision = KnowledgeMachine.decide(held, observation, now);
    switch (decision) {
      case Decision.Opened opened -> held = opened.after();
      case Decision.Confirmed confirmed -> held = confirmed.after();
      case Decision.Superseded superseded -> {
        held = superseded.after();
        closed = superseded.closed();
      }
      case Decision.Disputed disputed -> held = disputed.after();
      case Decision.Ignored ignored -> held = ignored.after();
      case Decision.Refused _ -> {}
    }
    return decision;
  }

  private Held held() {
    return Objects.requireNonNull(held);
  }

  private KnowledgeItem item() {
    return held().item();
  }
}
