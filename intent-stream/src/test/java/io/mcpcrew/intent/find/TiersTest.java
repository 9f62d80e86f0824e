package io.mcpcrew.intent.find;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpcrew.intent.Fixtures;
import io.mcpcrew.runtime.tenant.Tenant;
import io.mcpcrew.schemas.contract.Entity;
import io.mcpcrew.schemas.contract.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The tenant's own rules, the seam for further tiers, and what is sent to do harm.
class TiersTest {
  private static final Lexicon LEXICON = Lexicon.builtIn();
  private final RuleFinder finder = new RuleFinder(LEXICON);

  @Test
  void theTenantsRuleWinsOverTheBuiltInOfTheSameWords() {
    Tenant tenant = with(new Tenant.IntentRule("sales.quote", "quotes", List.of("quanto custa")));

    Task wish = find(tenant, "quanto custa o muro?");

    assertThat(wish.intent().name()).isEqualTo("sales.quote");
    assertThat(wish.crew()).isEqualTo("quotes");
    assertThat(wish.intent().because()).isEqualTo("the tenant phrase “quanto custa”");
  }

  @Test
  void oneTenantsRuleIsNotAnothers() {
    Tenant other = with(new Tenant.IntentRule("pet.bath", "pets", List.of("banho e tosa")));

    assertThat(find(other, "fazem banho e tosa?").intent().name()).isEqualTo("pet.bath");
    assertThat(find(Fixtures.aShop(), "fazem banho e tosa?").intent().name()).isEqualTo("unknown");
  }

  @Test
  void aTenantsPatternFindsTheIntentAndNamesWhatItsGroupsName() {
    Tenant tenant =
        with(
            new Tenant.IntentRule(
                "service.order",
                "service",
                List.of(),
                List.of("\\bos n?[º.]? ?(?P<order>\\d{2,6})")));

    Task wish = find(tenant, "como está a OS nº 4411?");

    assertThat(wish.intent().name()).isEqualTo("service.order");
    assertThat(wish.intent().because()).startsWith("the tenant pattern");
    assertThat(wish.entities()).extracting(Entity::kind).contains("order");
    assertThat(wish.entities()).extracting(e -> e.value().readable()).contains("4411");
  }

  @Test
  void aTenantsWordForAThingStaysPartOfTheThing() {
    Tenant clinic = with(new Tenant.IntentRule("product.info", "sales", List.of("consulta")));

    Task wish = find(clinic, "quanto custa a consulta com dermatologista?");

    assertThat(wish.entities())
        .extracting(e -> e.value().readable())
        .containsExactly("consulta dermatologista");
  }

  @Test
  void theNextTierIsAskedOnlyWhatTheOneBeforeDoesNotKnow() {
    List<String> asked = new ArrayList<>();
    IntentTier trained = new Trained(asked);
    var tiers = new RuleFinder(LEXICON, List.of(new RuleTier(LEXICON), trained));

    Found byRules = tiers.find(List.of("quanto custa a trena"), Fixtures.aShop(), Fixtures.NOON);
    Found byTraining =
        tiers.find(List.of("vocês patrocinam times?"), Fixtures.aShop(), Fixtures.NOON);

    assertThat(byRules.wishes().getFirst().intent().tier()).isEqualTo("rules");
    assertThat(byTraining.wishes().getFirst().intent().tier()).isEqualTo("trained");
    assertThat(byTraining.wishes().getFirst().intent().name()).isEqualTo("payment.ways");
    assertThat(asked).containsExactly("vocês patrocinam times?");
  }

  private record Trained(List<String> asked) implements IntentTier {
    @Override
    public String name() {
      return "trained";
    }

    @Override
    public List<Guess> guesses(Reading reading, Tenant tenant) {
      asked.add(reading.text());
      int last = reading.words().size() - 1;
      return List.of(
          new Guess(
              "payment.ways", "support", Manner.PLAIN, 0.7, "trained", 0, last, true, List.of()));
    }
  }

  @Test
  void whoAsksForTooMuchAtOnceGetsTheFirstFive() {
    String text = "quanto custa a serra" + ", a trena, a broca, a lixa, a porca, a cola, a tinta";

    assertThat(finder.find(List.of(text), Fixtures.aShop(), Fixtures.NOON).wishes()).hasSize(5);
  }

  @Test
  void tomorrowIsTheTenantsTomorrow() {
    Instant lateInSaoPaulo = Instant.parse("2026-11-21T01:00:00Z");

    Found found = finder.find(List.of("vcs abrem amanhã?"), Fixtures.aShop(), lateInSaoPaulo);

    assertThat(found.wishes().getFirst().entities())
        .extracting(e -> e.value().readable())
        .containsExactly("2026-11-21");
  }

  @Test
  void aWishForAPersonIsFoundBehindAnythingElse() {
    String text = "quanto custa a furadeira? ".repeat(100) + "quero falar com um atendente";

    assertThat(finder.find(List.of(text), Fixtures.aShop(), Fixtures.NOON).wantsPerson()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\u0000",
        "a",
        "1 ",
        "quanto custa a ",
        "o̸̡̢̧̨",
        "👍🏽",
        "\uD83D",
        "(11) 9",
        "R$ 1.",
        "tem e a ",
        "@a.",
        "dia 15 ",
        "سعر المثقاب\u202E ",
        "%%%%",
        "((((",
        "12.345.678/",
        "¶\n",
        "x2 "
      })
  void whatIsSentToDoHarmIsReadLikeAnythingElse(String bad) {
    String text = bad.repeat(Math.max(1, 12_000 / Math.max(1, bad.length())));

    assertThat(finder.find(List.of(text), Fixtures.aShop(), Fixtures.NOON).wishes()).isNotEmpty();
  }

  @Test
  void noMessagesAreNotUnderstood() {
    Found found = finder.find(List.of(), Fixtures.aShop(), Fixtures.NOON);

    assertThat(found.wishes().getFirst().intent().name()).isEqualTo("unknown");
    assertThat(found.language()).isEqualTo("pt");
  }

  private Task find(Tenant tenant, String text) {
    return finder.find(List.of(text), tenant, Fixtures.NOON).wishes().getFirst();
  }

  private static Tenant with(Tenant.IntentRule rule) {
    Tenant shop = Fixtures.aShop();
    Tenant.Document d = shop.document();
    return new Tenant(
        shop.account(),
        "v2",
        new Tenant.Document(
            d.name(),
            d.language(),
            d.timezone(),
            d.autonomy(),
            d.answerWithin(),
            d.chatwoot(),
            d.odoo(),
            d.gathering(),
            List.of(rule),
            d.answers(),
            d.conduct()));
  }
}
