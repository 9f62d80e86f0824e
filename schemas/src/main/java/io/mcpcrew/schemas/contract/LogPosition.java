package io.mcpcrew.schemas.contract;

/// Where in the log something lies.
public record LogPosition(String topic, int partition, long offset) {}
