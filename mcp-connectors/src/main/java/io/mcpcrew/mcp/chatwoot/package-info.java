/// Chatwoot: conversations and contacts of an account. [ChatwootConnector] lists the tools;
/// [ChatwootApi] is the client.
@NullMarked
package io.mcpcrew.mcp.chatwoot;

import org.jspecify.annotations.NullMarked;
