/// Released replies on their way to the channel: one post in flight per conversation, a look before
/// each.
@NullMarked
package io.mcpcrew.crew.publish;

import org.jspecify.annotations.NullMarked;
