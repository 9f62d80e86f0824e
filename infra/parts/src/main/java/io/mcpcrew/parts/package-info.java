/// The parts that MCP-Crew stands on, as real processes without containers: a Kafka broker, Redis,
/// a server that speaks MongoDB's protocol, and a schema registry. Tests, `./crew up` and the
/// benchmarks start them from here, all on 127.0.0.1.
///
/// Read in this order: [io.mcpcrew.parts.PartsSettings] (what may be set),
/// [io.mcpcrew.parts.RealParts] (all of them together), [io.mcpcrew.parts.Part] (the life of one),
/// [io.mcpcrew.parts.KafkaBroker] and its siblings (how each is started and asked whether it
/// answers), [io.mcpcrew.parts.GuardedProcess] (why none outlives us), [io.mcpcrew.parts.Diagnosis]
/// (what is said when one does not come up).
@NullMarked
package io.mcpcrew.parts;

import org.jspecify.annotations.NullMarked;
