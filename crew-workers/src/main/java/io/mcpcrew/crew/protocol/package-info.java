/// What a worker and a publisher may do and when: the part of the turn protocol that is theirs.
/// Pure, so that the simulation runs these very classes: time is an argument, and nothing here
/// knows Kafka, HTTP or a thread.
@NullMarked
package io.mcpcrew.crew.protocol;

import org.jspecify.annotations.NullMarked;
