/// The three kinds of failure: refused is a value with a reason; terminal is one exception, and the
/// record is parked with its cause; everything else is tried again.
@NullMarked
package io.mcpcrew.runtime.faults;

import org.jspecify.annotations.NullMarked;
