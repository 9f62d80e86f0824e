@NullMarked
package io.mcpcrew.runtime.tenant;

import org.jspecify.annotations.NullMarked;
