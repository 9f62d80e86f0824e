/// A conversation's state machine, pure: `(state, input, now) -> (state, commands, reasons)`. No
/// Kafka, no clock, no ids made here; so it can be simulated, replayed and stepped through.
///
/// [ConversationMachine] is the door; [Talking] hears what people and channels do, [Working] what
/// workers do, [Waiting] what time does; [Open] opens turns.
@NullMarked
package io.mcpcrew.intent.conversation;

import org.jspecify.annotations.NullMarked;
