@NullMarked
package io.mcpcrew.runtime.faults;

import org.jspecify.annotations.NullMarked;
