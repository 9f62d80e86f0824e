/// The hands: MCP servers for the systems that a tenant works with.
///
/// Reading order: [McpConnectorsConfiguration] builds it; `shell` is what every connector shares
/// (admission, limits, audit, the wire); `odoo` and `chatwoot` are one folder for each system, with
/// its client and its tools as declared functions.
@NullMarked
package io.mcpcrew.mcp;

import org.jspecify.annotations.NullMarked;
