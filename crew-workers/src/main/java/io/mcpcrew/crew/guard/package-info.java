/// What keeps a reply honest: pure functions with names, over what is about to be said and what it
/// may rest on.
///
/// Reading order: [Guard] names them, [Evidence] is what a reply may rest on, [GuardedReply] asks
/// them all; each of the others is one of them.
@NullMarked
package io.mcpcrew.crew.guard;

import org.jspecify.annotations.NullMarked;
