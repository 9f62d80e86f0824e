/// An append-only file of JSON lines that lets a simulator survive a restart.
@NullMarked
package io.mcpcrew.simulators.journal;

import org.jspecify.annotations.NullMarked;
