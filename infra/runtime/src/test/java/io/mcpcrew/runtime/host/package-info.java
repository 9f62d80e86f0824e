@NullMarked
package io.mcpcrew.runtime.host;

import org.jspecify.annotations.NullMarked;
