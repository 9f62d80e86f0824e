package io.mcpcrew.crew.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is changed on the way to Gemini and back, and what is not.
class GeminiMendingTest {
  private final GeminiMending mending = new GeminiMending();

  @Test
  void the_results_of_one_answers_calls_are_sent_together_and_those_of_two_answers_apart() {
    String sent =
        """
        {"contents":[{"role":"user","parts":[{"text":"oi"}]},{"role":"model","parts":[{"functionCall":{}}]},\
        {"role":"user","parts":[{"functionResponse":{"name":"a"}}]},\
        {"role":"user","parts":[{"functionResponse":{"name":"b"}}]},\
        {"role":"model","parts":[{"functionCall":{}}]},\
        {"role":"user","parts":[{"functionResponse":{"name":"c"}}]}],"tools":[]}\
        """;

    assertThat(mending.sent(sent))
        .isEqualTo(
            """
            {"contents":[{"role":"user","parts":[{"text":"oi"}]},{"role":"model","parts":[{"functionCall":{}}]},\
            {"role":"user","parts":[{"functionResponse":{"name":"a"}},{"functionResponse":{"name":"b"}}]},\
            {"role":"model","parts":[{"functionCall":{}}]},\
            {"role":"user","parts":[{"functionResponse":{"name":"c"}}]}],"tools":[]}\
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "STOP, STOP",
    "MALFORMED_FUNCTION_CALL, MALFORMED_FUNCTION_CALL",
    "UNEXPECTED_TOOL_CALL, OTHER",
    "A_REASON_OF_TOMORROW, OTHER"
  })
  void a_reason_that_nobody_knew_is_another_one(String told, String read) {
    assertThat(mending.received("{\"finishReason\": \"%s\"}".formatted(told)))
        .isEqualTo("{\"finishReason\": \"%s\"}".formatted(read));
  }

  @Test
  void what_a_model_says_about_reasons_is_left_as_it_is() {
    String answer = "{\"text\":\"{\\\"finishReason\\\": \\\"NEW\\\"} custa $1\"}";

    assertThat(mending.received(answer)).isEqualTo(answer);
  }

  @Test
  void a_refusal_is_read_where_it_stands_only() {
    assertThat(mending.refusal("{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}"))
        .contains("SAFETY");
    assertThat(mending.refusal("{\"text\":\"blockReason\"}")).isEmpty();
    assertThat(mending.refusal("blockReason, and no JSON")).isEmpty();
  }
}
