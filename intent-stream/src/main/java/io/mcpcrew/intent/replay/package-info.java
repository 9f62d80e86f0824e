/// A conversation again: what `crew.transitions` recorded, run through the state machine once more,
/// to the same hashes or to the first that differs.
///
/// Reading order: [RecordedLog] reads, [RecordedStep] is what it found, [Replay] repeats, and
/// [StateTree] says what differs between two states. Nothing here can write to the log.
@NullMarked
package io.mcpcrew.intent.replay;

import org.jspecify.annotations.NullMarked;
