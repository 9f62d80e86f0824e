package io.mcpcrew.schemas.contract;

/// How a turn ended.
///
/// `UNKNOWN` is what a reader sees of a value that a later release added.
public enum OutcomeKind {
  UNKNOWN,
  REPLY,
  SILENCE,
  HANDOVER,
  FAILED,
  AWAITS_APPROVAL
}
