package io.mcpcrew.simulators.chatwoot;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// One line of the journal: the new form of whatever changed together in one account.
@JsonInclude(JsonInclude.Include.NON_NULL)
record Row(
    long account,
    @Nullable Contact contact,
    @Nullable ContactInbox contactInbox,
    @Nullable ConversationState conversation,
    @Nullable Message message,
    @Nullable Webhook webhook,
    @Nullable Merge merge) {

  /// The contact `gone` has become part of the contact `base`.
  record Merge(long base, long gone) {}

  static Row of(long account, Contact contact) {
    return new Row(account, contact, null, null, null, null, null);
  }

  static Row of(long account, ContactInbox contactInbox) {
    return new Row(account, null, contactInbox, null, null, null, null);
  }

  static Row of(long account, ConversationState conversation, @Nullable Message message) {
    return new Row(account, null, null, conversation, message, null, null);
  }

  static Row of(long account, Webhook webhook) {
    return new Row(account, null, null, null, null, webhook, null);
  }

  static Row of(long account, Merge merge) {
    return new Row(account, null, null, null, null, null, merge);
  }
}
