@NullMarked
package io.mcpcrew.intent.conversation;

import org.jspecify.annotations.NullMarked;
