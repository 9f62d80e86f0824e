package io.mcpcrew.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpcrew.schemas.KnowledgeType;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class KnowledgeSettingsTest {
  private static final KnowledgeType PRODUCT = new KnowledgeType("PRODUCT_INFO");

  @Test
  void withoutAnySettingAPriceHoldsForADayAndWhatHasNoNameHereForEver() {
    KnowledgeSettings settings = bound(Map.of());

    assertThat(settings.life(PRODUCT)).contains(Duration.ofDays(1));
    assertThat(settings.life(new KnowledgeType("COMPANY_POLICY"))).isEmpty();
    assertThat(settings.stateDir()).hasToString(".crew/data/knowledge-stream");
    assertThat(settings.mongoUri()).isNull();
  }

  @Test
  void anOperatorNamesAKindInLowerCaseWithHyphensAndKeepsTheOtherDefaults() {
    KnowledgeSettings settings =
        bound(
            Map.of(
                "knowledge.expiry.product-info", "2h", "knowledge.expiry.company-policy", "30d"));

    assertThat(settings.life(PRODUCT)).contains(Duration.ofHours(2));
    assertThat(settings.life(new KnowledgeType("COMPANY_POLICY"))).contains(Duration.ofDays(30));
    assertThat(settings.life(new KnowledgeType("STOCK"))).contains(Duration.ofHours(1));
  }

  @Test
  void nothingIsForEver() {
    assertThat(bound(Map.of("knowledge.expiry.product-info", "0s")).life(PRODUCT)).isEmpty();
  }

  @Test
  void aTimeBelowNothingIsAnError() {
    assertThatThrownBy(() -> bound(Map.of("knowledge.expiry.stock", "-1s")))
        .hasRootCauseMessage("knowledge.expiry.stock must not be negative");
  }

  private static KnowledgeSettings bound(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("knowledge", KnowledgeSettings.class);
  }
}
