/// Tests of the parts; those that start a process end it and leave nothing listening.
@NullMarked
package io.mcpcrew.parts;

import org.jspecify.annotations.NullMarked;
