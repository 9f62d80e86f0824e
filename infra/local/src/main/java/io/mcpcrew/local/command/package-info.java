/// The commands of `./crew`, one class each. A further module adds its own by the service loader.
@NullMarked
package io.mcpcrew.local.command;

import org.jspecify.annotations.NullMarked;
