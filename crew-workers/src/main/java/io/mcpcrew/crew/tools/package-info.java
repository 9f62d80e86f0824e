/// Tools as a worker sees them: a map look-up in the catalogue, and a call over MCP that is
/// journalled.
@NullMarked
package io.mcpcrew.crew.tools;

import org.jspecify.annotations.NullMarked;
