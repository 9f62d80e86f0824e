@NullMarked
package io.mcpcrew.knowledge.archive;

import org.jspecify.annotations.NullMarked;
