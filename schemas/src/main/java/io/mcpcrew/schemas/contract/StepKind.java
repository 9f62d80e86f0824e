package io.mcpcrew.schemas.contract;

/// What a step of the journal was.
///
/// `UNKNOWN` is what a reader sees of a value that a later release added.
public enum StepKind {
  UNKNOWN,
  MODEL,
  TOOL,
  LOOKUP,
  DECISION
}
