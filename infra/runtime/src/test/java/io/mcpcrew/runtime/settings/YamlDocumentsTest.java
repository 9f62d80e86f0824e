package io.mcpcrew.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlDocumentsTest {
  record Rule(String intent, List<String> anyOf) {}

  record Rules(Duration waits, List<Rule> rules) {}

  @Test
  void namesWithUnderscoresAreARecordsComponents() {
    Rules rules =
        YamlDocuments.read(
            "rules.yaml",
            """
            waits: PT5S
            rules:
              - intent: product.info
                any_of: [quanto custa, preço]
            """,
            Rules.class);

    assertThat(rules.waits()).isEqualTo(Duration.ofSeconds(5));
    assertThat(rules.rules())
        .containsExactly(new Rule("product.info", List.of("quanto custa", "preço")));
  }

  @Test
  void whatARecordDoesNotKnowIsAnErrorThatNamesFileAndPath() {
    assertThatThrownBy(() ->
            YamlDocuments.read(
                "rules.yaml", "rules:\n  - intent: a\n    anyof: [b]\n", Rules.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rules.yaml is wrong at")
        .hasMessageContaining("anyof");
  }

  @Test
  void whatIsNotYamlIsSaidToBeNone() {
    assertThatThrownBy(() -> YamlDocuments.read("rules.yaml", "rules: [", Rules.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("rules.yaml is not YAML");
  }

  @Test
  void aFileCannotMakeAnyObjectItLikes() {
    assertThatThrownBy(() ->
            YamlDocuments.read("rules.yaml", "rules: !!java.net.URL [\"http://x\"]", Rules.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anEmptyFileIsAnErrorAndNotNothing() {
    assertThatThrownBy(() -> YamlDocuments.read("rules.yaml", "# none yet\n", Rules.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rules.yaml");
  }

  @Test
  void aFileThatTheProgramLacksIsSaidByName() {
    assertThatThrownBy(
            () -> YamlDocuments.resource(YamlDocumentsTest.class, "none.yaml", Rules.class))
        .hasMessage("the program lacks none.yaml");
  }
}
