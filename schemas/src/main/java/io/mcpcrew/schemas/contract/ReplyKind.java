package io.mcpcrew.schemas.contract;

/// What is to be posted.
///
/// `UNKNOWN` is what a reader sees of a value that a later release added.
public enum ReplyKind {
  UNKNOWN,
  REPLY,
  SUGGESTION,
  HANDOVER,
  /// The last words of a conversation, which is resolved with them.
  CLOSING,
  /// For the company's people only.
  NOTE,
  /// Likewise; the conversation becomes the agent's with it.
  GIVEN_BACK;

  /// Whether customers never read it.
  public boolean isForPeople() {
    return this == SUGGESTION || this == NOTE || this == GIVEN_BACK;
  }
}
