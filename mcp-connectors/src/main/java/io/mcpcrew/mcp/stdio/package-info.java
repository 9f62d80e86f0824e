/// A connector on standard input and output, for desktop clients: [StdioBridge] reads and writes
/// lines, [RemoteSession] is the way to the connector, [OwnAccount] fills the account in and hides
/// it. `./crew mcp` starts it.
@NullMarked
package io.mcpcrew.mcp.stdio;

import org.jspecify.annotations.NullMarked;
