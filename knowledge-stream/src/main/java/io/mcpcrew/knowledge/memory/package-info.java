/// What is held, and what an observation changes about it. Pure: no clock, no Kafka, no database.
///
/// Reading order: [Held] is the state; [KnowledgeMachine] decides; [Decision] is what it can say.
@NullMarked
package io.mcpcrew.knowledge.memory;

import org.jspecify.annotations.NullMarked;
