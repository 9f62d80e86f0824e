package io.mcpcrew.schemas;

import java.util.regex.Pattern;

/// A conversation of an account: the key of almost every record. Written `account/conversation` and
/// split at the first `/`, so that the account can always be read off a key.
public record ConversationKey(AccountId account, String conversation)
    implements Comparable<ConversationKey> {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:-]{1,96}");

  public ConversationKey {
    if (!FORM.matcher(conversation).matches()) {
      throw new IllegalArgumentException(
          "a conversation is 1 to 96 letters, digits and . _ : -, not '%s'"
              .formatted(Shown.of(conversation)));
    }
  }

  public static ConversationKey of(String account, String conversation) {
    return new ConversationKey(new AccountId(account), conversation);
  }

  public static ConversationKey parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(
          "a conversation key is account/conversation, not '%s'".formatted(Shown.of(text)));
    }
    return of(text.substring(0, slash), text.substring(slash + 1));
  }

  @Override
  public int compareTo(ConversationKey other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return account.value() + "/" + conversation;
  }
}
