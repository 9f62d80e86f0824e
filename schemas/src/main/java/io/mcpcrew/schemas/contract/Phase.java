package io.mcpcrew.schemas.contract;

/// Where a conversation stands.
public sealed interface Phase
    permits Quiet, Gathering, Answering, BackingOff, HumanHeld, Waiting, Suspended {}
