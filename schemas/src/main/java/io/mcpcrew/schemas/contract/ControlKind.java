package io.mcpcrew.schemas.contract;

/// What workers are advised to do.
///
/// `UNKNOWN` is what a reader sees of a value that a later release added.
public enum ControlKind {
  UNKNOWN,
  CANCEL,
  SUPERSEDE,
  PAUSE,
  RESUME
}
