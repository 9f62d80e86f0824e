package io.mcpcrew.schemas.contract;

/// What can be said in `crew.work`. The order of a turn is the order in which these lie in the log.
public sealed interface WorkEvent
    permits Claimed, Alive, Step, Announced, Concluded, Fenced, Gone {}
