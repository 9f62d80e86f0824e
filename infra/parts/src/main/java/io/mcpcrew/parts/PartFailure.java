package io.mcpcrew.parts;

/// A part cannot be started. The message is written for the person at the terminal: which part,
/// why, and what to do about it.
public final class PartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PartFailure(String sentence) {
    super(sentence);
  }

  PartFailure(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
