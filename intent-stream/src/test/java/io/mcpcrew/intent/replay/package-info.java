@NullMarked
package io.mcpcrew.intent.replay;

import org.jspecify.annotations.NullMarked;
