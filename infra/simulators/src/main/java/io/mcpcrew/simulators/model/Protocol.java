package io.mcpcrew.simulators.model;

/// What a client may speak to the model. All are spoken on one port.
public enum Protocol {
  OPENAI("/v1"),
  ANTHROPIC("/v1"),
  GEMINI("/v1beta"),
  /// Beside OpenAI's, whose paths it shares: a base address of its own tells them apart.
  MISTRAL("/mistral/v1"),
  OLLAMA("");

  private final String base;

  Protocol(String base) {
    this.base = base;
  }

  /// How the path begins that a client's settings name.
  String base() {
    return base;
  }
}
