@NullMarked
package io.mcpcrew.intent;

import org.jspecify.annotations.NullMarked;
