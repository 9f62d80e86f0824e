/// The turn protocol tried in every order: a world in one thread, in which everything that takes
/// time is an event of a seeded scheduler, and everything that can go wrong does.
///
/// Reading order: [Plan] is what a history is made of; [World] runs one; [IntentActor],
/// [WorkerActor] and [PublisherActor] are thin shells around the production classes, as the real
/// services are; [Kafka] is the log with its transactions and groups, [Channel] and [Tools] the
/// world outside. [Invariants] watches. [Simulator] runs many histories and shrinks one that fails;
/// [Mutation] are the rules of the protocol that can be switched off, to see that they are missed.
@NullMarked
package io.mcpcrew.simulation;

import org.jspecify.annotations.NullMarked;
