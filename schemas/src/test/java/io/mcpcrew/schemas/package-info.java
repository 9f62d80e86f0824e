@NullMarked
package io.mcpcrew.schemas;

import org.jspecify.annotations.NullMarked;
