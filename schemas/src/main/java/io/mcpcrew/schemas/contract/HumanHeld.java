package io.mcpcrew.schemas.contract;

import java.time.Instant;

/// A person has the conversation; the agent is silent.
public record HumanHeld(Instant since, String because) implements Phase {}
