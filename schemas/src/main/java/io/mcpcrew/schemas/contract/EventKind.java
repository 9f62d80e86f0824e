package io.mcpcrew.schemas.contract;

/// What happened in a conversation.
///
/// `UNKNOWN` is what a reader sees of a value that a later release added.
public enum EventKind {
  UNKNOWN,
  MESSAGE,
  NOTE,
  EDITED,
  DELETED,
  STATUS_CHANGED,
  ASSIGNED,
  TYPING,
  SURVEY_ANSWERED,
  OTHER,

  /// A customer has answered a message by one of the choices that it offered; the number is that
  /// message's.
  CHOSEN
}
