/// The guarded way out: every call has a deadline, a largest answer and an address that it may
/// reach.
@NullMarked
package io.mcpcrew.runtime.http;

import org.jspecify.annotations.NullMarked;
