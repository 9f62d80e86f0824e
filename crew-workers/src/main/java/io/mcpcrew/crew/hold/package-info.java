/// Nobody is left without a word: what is said while a turn takes long.
@NullMarked
package io.mcpcrew.crew.hold;

import org.jspecify.annotations.NullMarked;
