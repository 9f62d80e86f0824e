package io.mcpcrew.schemas.contract;

/// What became of a reply.
///
/// `UNKNOWN` is what a reader sees of a value that a later release added.
public enum DeliveryStatus {
  UNKNOWN,
  POSTED,
  FOUND_POSTED,
  WITHHELD_HUMAN_WROTE,
  WITHHELD_CUSTOMER_WROTE,
  EXPIRED,
  REFUSED,
  WITHHELD_PAUSED
}
