/// What `./crew new connector` writes; see [NewConnector].
@NullMarked
package io.mcpcrew.mcp.scaffold;

import org.jspecify.annotations.NullMarked;
