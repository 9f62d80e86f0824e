package io.mcpcrew.crew.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// What an operator writes of models, and what he is told when it is wrong.
class ModelsSettingsTest {
  @ParameterizedTest
  @CsvSource({
    "anthropic,     https://api.anthropic.com/v1",
    "google-gemini, https://generativelanguage.googleapis.com/v1beta",
    "mistral,       https://api.mistral.ai/v1"
  })
  void a_provider_with_one_address_needs_none(String provider, String address) {
    var model = model(Map.of("provider", provider, "name", "x", "key", "env:KEY"));

    assertThat(model.provider()).hasToString(provider);
    assertThat(model.address()).isEqualTo(address);
  }

  @Test
  void an_address_is_taken_with_a_slash_at_its_end_or_without() {
    assertThat(model(Map.of("url", "http://10.0.0.7:11434/", "name", "x")).address())
        .isEqualTo("http://10.0.0.7:11434");
  }

  @Test
  void left_out_the_provider_is_whoever_speaks_openais_protocol() {
    var model = model(Map.of("url", "http://10.0.0.7/v1", "name", "x"));

    assertThat(model.provider()).isEqualTo(Provider.OPENAI_COMPATIBLE);
    assertThat(model.key()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          openai-compatible |                    | env:KEY | crew.models.*.url is missing
          ollama            |                    | env:KEY | crew.models.*.url is missing
          anthropic         |                    |         | crew.models.*.key is missing; anthropic answers nobody without one
          google-gemini     | http://10.0.0.7/v1 |         | crew.models.*.key is missing; google-gemini answers nobody without one
          mistral           | http://10.0.0.7/v1 |         | crew.models.*.key is missing; mistral answers nobody without one
          ollama            | http://10.0.0.7    | secret! | never written out
          langchain4j       |                    | env:KEY | crew.models.*.module belongs to the provider langchain4j
          a-new-one         | http://10.0.0.7    | env:KEY | io.mcpcrew.crew.model.Provider
          """)
  void what_is_wrong_is_named(String provider, String url, String key, String told) {
    Map<String, String> written = new HashMap<>(Map.of("provider", provider, "name", "x"));
    if (url != null) {
      written.put("url", url);
    }
    if (key != null) {
      written.put("key", key);
    }

    assertThatThrownBy(() -> model(written)).rootCause().hasMessageContaining(told);
  }

  @Test
  void a_class_of_a_module_is_named_with_what_its_builder_is_told() {
    var model =
        model(
            Map.of(
                "provider", "langchain4j",
                "name", "x",
                "module.type", "acme.AcmeChatModel",
                "module.jars", "/opt/acme",
                "module.options.top-p", "0.5"));

    assertThat(model.module())
        .isEqualTo(
            new ModelsSettings.LangChainModule(
                "acme.AcmeChatModel", Path.of("/opt/acme"), Map.of("top-p", "0.5")));
  }

  @Test
  void a_module_without_a_class_is_told_so() {
    assertThatThrownBy(
            () -> model(Map.of("provider", "langchain4j", "name", "x", "module.jars", "/opt/acme")))
        .rootCause()
        .hasMessageContaining("crew.models.*.module.type is missing");
  }

  private static ModelsSettings.Model model(Map<String, String> written) {
    Map<String, String> properties = new HashMap<>();
    written.forEach((name, value) -> properties.put("crew.models.main." + name, value));
    var settings =
        new Binder(new MapConfigurationPropertySource(properties))
            .bind("crew", ModelsSettings.class)
            .get();
    return Objects.requireNonNull(settings.models().get("main"));
  }
}
