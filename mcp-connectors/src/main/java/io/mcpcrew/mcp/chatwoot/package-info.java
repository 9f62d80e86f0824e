/// Chatwoot: conversations and contacts of an account. [ChatwootConnector] lists the groups of
/// tools, a class each; [ChatwootApi] is the client, [Keys] sees to repeated calls, [Rows] says
/// what is told of Chatwoot's objects.
@NullMarked
package io.mcpcrew.mcp.chatwoot;

import org.jspecify.annotations.NullMarked;
