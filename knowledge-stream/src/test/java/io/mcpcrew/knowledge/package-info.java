@NullMarked
package io.mcpcrew.knowledge;

import org.jspecify.annotations.NullMarked;
