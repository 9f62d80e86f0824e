/// A language model that says what a script tells it to, spoken to as OpenAI's chat completions
/// are.
///
/// Reading order: [Script] is what it says to what, [ChatRequest] what it accepts, [Performance]
/// chooses, [Completions] writes the answer, [ModelServer] carries it, misbehaviours included.
@NullMarked
package io.mcpcrew.simulators.model;

import org.jspecify.annotations.NullMarked;
