package io.mcpcrew.crew.model;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whose protocol a model speaks. What differs between them is said here and in [ChatModels].
public enum Provider {
  /// OpenAI's chat completions, which most servers speak.
  OPENAI_COMPATIBLE(null, false),
  ANTHROPIC("https://api.anthropic.com/v1", true),
  /// Google's Gemini API.
  GOOGLE_GEMINI("https://generativelanguage.googleapis.com/v1beta", true),
  MISTRAL("https://api.mistral.ai/v1", true),
  /// Ollama's own protocol, which lets the length of its context be set.
  OLLAMA(null, false),
  /// Whatever a class of one of LangChain4j's modules speaks.
  LANGCHAIN4J(null, false);

  private final @Nullable URI usual;
  private final boolean keyed;

  Provider(@Nullable String usual, boolean keyed) {
    this.usual = usual == null ? null : URI.create(usual);
    this.keyed = keyed;
  }

  /// The address of those that have only one.
  @Nullable URI usual() {
    return usual;
  }

  /// Nobody is answered without a key.
  boolean isKeyed() {
    return keyed;
  }

  /// As it stands in settings.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
