/// Runs services: one parent context with the HTTP server, metrics and health, and a child context
/// for each service, so that the same code is one process on a laptop and one per role in a
/// cluster.
@NullMarked
package io.mcpcrew.runtime.host;

import org.jspecify.annotations.NullMarked;
