/// Crews as data: who works a turn, with what, how, and within which limits.
@NullMarked
package io.mcpcrew.crew.crews;

import org.jspecify.annotations.NullMarked;
