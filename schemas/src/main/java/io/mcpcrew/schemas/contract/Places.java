package io.mcpcrew.schemas.contract;

/// How many of an account's places are taken. Who waits for one is in a queue beside it.
public record Places(int taken) {}
