package io.mcpcrew.schemas.contract;

/// What a person decided.
///
/// `UNKNOWN` is what a reader sees of a value that a later release added.
public enum DecisionKind {
  UNKNOWN,
  APPROVED,
  DENIED,
  CORRECTED,
  TAKEN_OVER,
  GIVEN_BACK,
  TAUGHT
}
