/// Tests of what the child processes are told.
@NullMarked
package io.mcpcrew.parts.process;

import org.jspecify.annotations.NullMarked;
