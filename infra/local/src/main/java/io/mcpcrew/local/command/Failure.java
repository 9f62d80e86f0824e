package io.mcpcrew.local.command;

/// What a person at the terminal is told when a command cannot do its work: one sentence that says
/// what to do.
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Failure(String sentence) {
    super(sentence);
  }
}
