/// What an operator may set, and secrets that are named instead of written.
@NullMarked
package io.mcpcrew.runtime.settings;

import org.jspecify.annotations.NullMarked;
