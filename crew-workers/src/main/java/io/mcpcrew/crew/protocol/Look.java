package io.mcpcrew.crew.protocol;

import java.util.OptionalLong;

/// What the channel showed before a post.
///
/// @param ours the message that already carries our key
/// @param humanSpoke whether a person has written to the customer since, or silenced the agent
public record Look(OptionalLong ours, boolean humanSpoke) {}
