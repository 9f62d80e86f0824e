package io.mcpcrew.schemas;

/// The n-th turn of a conversation, written `account/conversation#n`. It never carries the attempt,
/// so that every attempt of a turn meets the same idempotency keys.
public record TurnId(ConversationKey conversation, long number) {

  public TurnId {
    if (number < 1) {
      throw new IllegalArgumentException("turns are counted from 1, not from " + number);
    }
  }

  public static TurnId parse(String text) {
    int hash = text.lastIndexOf('#');
    if (hash < 0) {
      throw new IllegalArgumentException(
          "a turn is account/conversation#n, not '%s'".formatted(Shown.of(text)));
    }
    try {
      return new TurnId(
          ConversationKey.parse(text.substring(0, hash)),
          Long.parseLong(text, hash + 1, text.length(), 10));
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          "a turn ends in #n, not '%s'".formatted(Shown.of(text)), notANumber);
    }
  }

  public AccountId account() {
    return conversation.account();
  }

  @Override
  public String toString() {
    return conversation + "#" + number;
  }
}
