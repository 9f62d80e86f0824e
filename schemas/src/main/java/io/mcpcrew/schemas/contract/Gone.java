package io.mcpcrew.schemas.contract;

/// The process of this worker has ended for certain; one for each partition. Said by itself when
/// none of its turns runs any more, or by the process that came in its place.
public record Gone() implements WorkEvent {}
