package io.mcpcrew.schemas.contract;

/// How much the agent may do by itself.
///
/// `UNKNOWN` is what a reader sees of a value that a later release added.
public enum Autonomy {
  UNKNOWN,
  OFF,
  WATCH,
  SUGGEST,
  CONFIRM,
  ANSWER
}
