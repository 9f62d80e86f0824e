package io.mcpcrew.schemas.contract;

/// Who did something.
///
/// `UNKNOWN` is what a reader sees of a value that a later release added.
public enum Author {
  UNKNOWN,
  CUSTOMER,
  HUMAN_AGENT,
  OUR_AGENT,
  OTHER_BOT,
  SYSTEM
}
