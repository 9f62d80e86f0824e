package io.mcpcrew.schemas.contract;

import java.time.Instant;

/// A write that a person has approved: this tool with these arguments at this place, and nothing
/// else.
///
/// @param path where in the turn it stands: the same in every attempt
/// @param approvedBy the channel's id of the person
public record Approval(
    String path, String tool, String argumentsHash, String approvedBy, Instant approvedAt) {}
