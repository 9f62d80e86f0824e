package io.mcpcrew.runtime.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpcrew.schemas.AccountId;
import io.mcpcrew.schemas.contract.Autonomy;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;

class TenantDocumentsTest {
  private static final AccountId LOJA = new AccountId("loja");
  private static final String SHOP =
      """
      {
        "name": "Casa das Ferramentas",
        "language": "pt",
        "timezone": "America/Sao_Paulo",
        "autonomy": "ANSWER",
        "answer_within": "PT6H",
        "chatwoot": null,
        "odoo": {"url": "http://odoo.example", "database": "loja", "api_key": "env:ODOO"},
        "gathering": {"gap": "PT0.6S", "longest": "PT3S", "most": 4},
        "intents": [{"intent": "product.info", "crew": "sales", "any_of": ["quanto custa"]}],
        "answers": []
      }
      """;

  @Test
  void aDocumentIsReadAsItIsWritten() {
    Tenant tenant = TenantDocuments.parse(LOJA, SHOP);

    assertThat(tenant.account()).isEqualTo(LOJA);
    assertThat(tenant.document().autonomy()).isEqualTo(Autonomy.ANSWER);
    assertThat(tenant.document().answerWithin()).isEqualTo(Duration.ofHours(6));
    assertThat(tenant.document().intents().getFirst().anyOf()).containsExactly("quanto custa");
  }

  @Test
  void equalSettingsAreTheSameVersionHoweverTheyAreSpaced() {
    String spaced = SHOP.replace("\n", "\n\n").replace(": ", " : ");

    assertThat(TenantDocuments.parse(LOJA, spaced).version())
        .isEqualTo(TenantDocuments.parse(LOJA, SHOP).version())
        .matches("[0-9a-f]{16}");
  }

  @Test
  void equalSettingsAreTheSameVersionInWhateverOrder() {
    String language = "  \"language\": \"pt\",\n";
    String turned =
        SHOP.replace(language, "").replace("{\n  \"name\"", "{\n" + language + "  \"name\"");
    assertThat(turned).isNotEqualTo(SHOP);

    assertThat(TenantDocuments.parse(LOJA, turned).version())
        .isEqualTo(TenantDocuments.parse(LOJA, SHOP).version());
  }

  @Test
  void otherSettingsAreAnotherVersion() {
    assertThat(TenantDocuments.parse(LOJA, SHOP.replace("PT6H", "PT5H")).version())
        .isNotEqualTo(TenantDocuments.parse(LOJA, SHOP).version());
  }

  @Test
  void aFieldThatNobodyKnowsNamesItsPath() {
    String misspelt = SHOP.replace("\"gap\"", "\"gapp\": \"PT1S\", \"gap\"");

    assertThatThrownBy(() -> TenantDocuments.parse(LOJA, misspelt))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the settings of account loja are wrong at")
        .hasMessageContaining("gathering")
        .hasMessageContaining("gapp");
  }

  @Test
  void aFieldThatIsMissingIsNamed() {
    assertThatThrownBy(
            () -> TenantDocuments.parse(LOJA, SHOP.replace("\"answer_within\": \"PT6H\",", "")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("answer_within");
  }

  @Test
  void whoSaysNothingOfItGetsAnAgentThatOnlySuggestsAndDefaultsForAllElse() {
    Tenant tenant = TenantDocuments.parse(LOJA, SHOP.replace("\"autonomy\": \"ANSWER\",", ""));

    assertThat(tenant.document().autonomy()).isEqualTo(Autonomy.SUGGEST);
    assertThat(tenant.document().conduct()).isEqualTo(Conduct.DEFAULT);
    assertThat(tenant.document().gathering().in("api").gap()).isZero();
  }

  @Test
  void aWrongConditionIsRefusedWithItsPath() {
    String routes = "\"conduct\": {\"routes\": [{\"when\": \"open &&\"}]}, \"answer_within\"";
    assertThatThrownBy(() -> TenantDocuments.parse(LOJA, SHOP.replace("\"answer_within\"", routes)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("routes")
        .hasMessageContaining("the condition 'open &&' is refused");
  }

  @Test
  void aSecretThatIsWrittenOutIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> TenantDocuments.parse(LOJA, SHOP.replace("env:ODOO", "hunter2")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("never written out")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }

  @Test
  void nothingIsNoDocument() {
    for (String nothing : new String[] {"", "null", "[]", "{"}) {
      assertThatThrownBy(() -> TenantDocuments.parse(LOJA, nothing))
          .as(nothing)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aRuleOfBeforeThereWerePatternsIsReadAndKeepsItsVersion() {
    Tenant tenant = TenantDocuments.parse(LOJA, SHOP);

    assertThat(tenant.document().intents().getFirst().patterns()).isEmpty();
    assertThat(TenantDocuments.parse(LOJA, withPattern("os \\\\d+")).version())
        .isNotEqualTo(tenant.version());
  }

  @Test
  void furtherSystemsAreReadByTheNameOfTheirConnectorAndMayBeLeftOut() {
    String more =
        SHOP.replace(
            "\"answers\": []",
            "\"answers\": [], \"systems\": {\"frete\": {\"url\": \"http://f.example\", \"key\": \"env:F\"}}");

    assertThat(TenantDocuments.parse(LOJA, more).document().systems())
        .containsOnlyKeys("frete")
        .hasValueSatisfying(
            new Condition<>(link -> link.url().getHost().equals("f.example"), "its address"));
    assertThat(TenantDocuments.parse(LOJA, SHOP).document().systems()).isEmpty();
  }

  @Test
  void aPatternIsReadWithItsRule() {
    Tenant tenant = TenantDocuments.parse(LOJA, withPattern("os \\\\d+"));

    assertThat(tenant.document().intents().getFirst().patterns()).containsExactly("os \\d+");
  }

  @Test
  void aPatternThatIsNotLinearIsRefusedWithItsReason() {
    assertThatThrownBy(() -> TenantDocuments.parse(LOJA, withPattern("a(?=b)")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("intents")
        .hasMessageContaining("the pattern 'a(?=b)' is refused")
        .hasMessageContaining("without look-around");
  }

  private static String withPattern(String pattern) {
    return SHOP.replace(
        "[\"quanto custa\"]", "[\"quanto custa\"], \"patterns\": [\"" + pattern + "\"]");
  }

  @Test
  void theRecordOfAVersionIsReadAsThatVersion() {
    Tenant tenant = TenantDocuments.parse(LOJA, SHOP);

    var version = TenantDocuments.version(tenant, SHOP, "ana", Instant.EPOCH);
    var pointer = TenantDocuments.pointer(tenant, "ana", Instant.EPOCH);

    assertThat(TenantDocuments.read(version)).isEqualTo(tenant);
    assertThat(pointer.document()).isNull();
    assertThat(pointer.version()).isEqualTo(tenant.version());
  }
}
