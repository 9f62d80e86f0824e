@NullMarked
package io.mcpcrew.schemas.wire;

import org.jspecify.annotations.NullMarked;
