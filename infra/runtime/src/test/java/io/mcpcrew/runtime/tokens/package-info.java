@NullMarked
package io.mcpcrew.runtime.tokens;

import org.jspecify.annotations.NullMarked;
