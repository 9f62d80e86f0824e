package io.mcpcrew.schemas.contract;

/// Where the journal of earlier attempts lies: read `crew.work` from there to the fence.
public record JournalRange(int partition, long fromOffset, long fenceOffset) {}
