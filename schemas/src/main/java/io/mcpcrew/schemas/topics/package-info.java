/// The log's catalogue: [Topics] names every topic with its owner, readers, key, retention and the
/// reason for it; [AccountPartitioner] keeps an account's records together. Broker topics, access
/// rules and documentation are made from here and nowhere else.
@NullMarked
package io.mcpcrew.schemas.topics;

import org.jspecify.annotations.NullMarked;
