/// One Java record for each record of `crew.avdl`, with the same fields in the same order: these
/// are the types that services compute with, and what the wire carries. Language-neutral words
/// stand in the schema; these files only repeat its first sentence.
///
/// [ConversationEvent] becomes a [Turn], a [Turn] becomes [Work], [Work] becomes a [ReleasedReply],
/// and each step of a conversation leaves a [Transition].
@NullMarked
package io.mcpcrew.schemas.contract;

import org.jspecify.annotations.NullMarked;
