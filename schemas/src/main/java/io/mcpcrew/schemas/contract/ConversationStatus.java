package io.mcpcrew.schemas.contract;

/// Where a conversation stands in the channel's own words.
///
/// `UNKNOWN` is what a reader sees of a value that a later release added.
public enum ConversationStatus {
  UNKNOWN,
  OPEN,
  PENDING,
  RESOLVED,
  SNOOZED
}
