@NullMarked
package io.mcpcrew.schemas.topics;

import org.jspecify.annotations.NullMarked;
