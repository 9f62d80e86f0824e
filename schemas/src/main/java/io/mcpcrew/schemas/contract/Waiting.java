package io.mcpcrew.schemas.contract;

import java.time.Instant;

/// The customer waits for one of the account's places.
///
/// @param until when a person takes over, if no place has come by then
public record Waiting(Instant since, Instant until) implements Phase {}
