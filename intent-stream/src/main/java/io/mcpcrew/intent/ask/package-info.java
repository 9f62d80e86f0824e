/// What a conversation is doing now, for who may ask: answered by the instance that has it.
@NullMarked
package io.mcpcrew.intent.ask;

import org.jspecify.annotations.NullMarked;
