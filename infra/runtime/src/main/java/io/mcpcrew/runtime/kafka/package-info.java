/// Kafka clients with the settings that we measured, topics made from the catalogue, and views of
/// compacted topics.
@NullMarked
package io.mcpcrew.runtime.kafka;

import org.jspecify.annotations.NullMarked;
