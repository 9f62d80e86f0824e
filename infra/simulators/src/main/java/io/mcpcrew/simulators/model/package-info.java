/// A language model that says what a script tells it to, spoken to as OpenAI's chat completions
/// are, or as those of Anthropic, Google, Mistral and Ollama.
///
/// Reading order: [Script] is what it says to what, [ChatRequest] what is asked, in words that all
/// protocols share, [Performance] chooses, a [Wire] reads and writes one protocol, [ModelServer]
/// carries it, misbehaviours included.
@NullMarked
package io.mcpcrew.simulators.model;

import org.jspecify.annotations.NullMarked;
