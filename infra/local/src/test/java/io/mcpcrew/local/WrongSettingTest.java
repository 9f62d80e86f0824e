package io.mcpcrew.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mcpcrew.crew.model.ModelsSettings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// What an operator reads who wrote a setting that cannot be.
class WrongSettingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          models.main.provider | claude | crew.models.main.provider: 'claude' is none of openai-compatible, anthropic, google-gemini, mistral, ollama, langchain4j
          models.main.timeout  | soon   | crew.models.main.timeout: 'soon' is not a valid duration
          models.main.at-once  | 0      | crew.models.main.timeout, at-once, longest-answer and context must be positive
          budgets.alone        | 2      | crew.budgets.alone must be 0 to 1
          default-model        | other  | crew.default-model: 'other' is not in crew.models
          """)
  void it_is_named_and_what_it_may_be(String setting, String value, String told) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of("crew.models.main.name", "x", "crew.models.main.url", "http://127.0.0.1/v1"));
    settings.put("crew." + setting, value);

    Throwable failure =
        catchThrowable(() ->
            new Binder(new MapConfigurationPropertySource(settings))
                .bind("crew", ModelsSettings.class));

    assertThat(WrongSetting.sentence(new IllegalStateException(failure), innermost(failure)))
        .contains(told);
  }

  @Test
  void what_is_no_settings_fault_is_told_as_it_is() {
    assertThat(WrongSetting.sentence(new IllegalStateException("no disk"), "no disk")).isEmpty();
  }

  private static String innermost(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? String.valueOf(failure.getMessage()) : innermost(cause);
  }
}
