/// The mains of those parts that are Java and ours to start. They run in processes of their own, on
/// a class path that nobody else sees: [io.mcpcrew.parts.process.KafkaBrokerProcess] with the
/// settings of [io.mcpcrew.parts.process.BrokerConfig], and
/// [io.mcpcrew.parts.process.MongoServerProcess]. Each says that it answers by writing its ready
/// file.
@NullMarked
package io.mcpcrew.parts.process;

import org.jspecify.annotations.NullMarked;
