package io.mcpcrew.schemas.contract;

/// What repeating a call does to the world; decides what a retry may do.
///
/// `UNKNOWN` is what a reader sees of a value that a later release added.
public enum EffectClass {
  UNKNOWN,
  READ,
  KEYED,
  CHECKABLE,
  BLIND
}
