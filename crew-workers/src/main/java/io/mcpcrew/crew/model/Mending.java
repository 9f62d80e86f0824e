package io.mcpcrew.crew.model;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What LangChain4j does not do for a provider, done on what goes out and comes in.
interface Mending {
  Mending NONE = new Mending() {};

  /// A request as the provider takes it.
  default String sent(String request) {
    return request;
  }

  /// An answer as LangChain4j reads it.
  default String received(String answer) {
    return answer;
  }

  /// Why the model refuses, if that is what an answer says.
  default Optional<String> refusal(String answer) {
    return Optional.empty();
  }

  /// Anthropic's.
  final class Anthropic implements Mending {
    /// LangChain4j calls it one of several other reasons to stop.
    @Override
    public Optional<String> refusal(String answer) {
      return said(answer, "\"refusal\"", "/stop_reason").filter("refusal"::equals);
    }
  }

  /// What stands at a place of an answer.
  ///
  /// @param sign without which there is no need to read
  static Optional<String> said(String answer, String sign, String place) {
    if (!answer.contains(sign)) {
      return Optional.empty();
    }
    try {
      String said = JsonMapper.shared().readTree(answer).at(place).asString("");
      return said.isEmpty() ? Optional.empty() : Optional.of(said);
    } catch (JacksonException brokenAsLangChainWillTell) {
      return Optional.empty();
    }
  }
}
