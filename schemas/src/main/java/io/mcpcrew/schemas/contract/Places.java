package io.mcpcrew.schemas.contract;

/// What an account's conversations share. Who waits for a place is in a queue beside it.
///
/// @param taken how many of the account's places are taken
/// @param used the highest number that a conversation had which was forgotten; those that begin
///   count on from there
public record Places(int taken, long used) {
  public static final Places NONE = new Places(0, 0);
}
