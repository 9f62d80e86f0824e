/// The conversation: messages become turns, one at a time per conversation, for the right crew;
/// replies are released once and never over a person.
///
/// Reading order: [IntentTopology] is the pipeline; `conversation` is the pure state machine that
/// decides everything; `find` finds what a customer wants; [ConversationProcessor] carries records
/// to the machine and its commands to topics.
///
/// It never blocks: no model, no tool, no database on a stream thread.
@NullMarked
package io.mcpcrew.intent;

import org.jspecify.annotations.NullMarked;
