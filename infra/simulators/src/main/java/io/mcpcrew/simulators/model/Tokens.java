package io.mcpcrew.simulators.model;

import io.mcpcrew.simulators.model.Performance.Said;
import org.jspecify.annotations.Nullable;

/// What an answer costs. Four characters are a token, near enough to add up budgets.
record Tokens(int prompt, int completion) {

  static Tokens of(Said said, ChatRequest request) {
    int out =
        length(said.text())
            + length(said.refusal())
            + said.calls().stream().mapToInt(c -> c.tool().length() + c.arguments().length()).sum();
    return new Tokens(Math.max(1, request.length() / 4), Math.max(1, out / 4));
  }

  int total() {
    return prompt + completion;
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
