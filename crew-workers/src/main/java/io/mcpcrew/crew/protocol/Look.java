package io.mcpcrew.crew.protocol;

import java.util.OptionalLong;

/// What the channel showed before a post.
///
/// @param ours the message that already carries our key
/// @param humanWrote whether a person has written to the customer since
public record Look(OptionalLong ours, boolean humanWrote) {}
