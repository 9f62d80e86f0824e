@NullMarked
package io.mcpcrew.knowledge.memory;

import org.jspecify.annotations.NullMarked;
