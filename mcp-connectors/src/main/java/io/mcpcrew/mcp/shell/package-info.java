/// What every connector shares. [ConnectorTool], [ConnectorResource] and [ConnectorPrompt] declare,
/// [Admission] decides who may call and keeps the limits, [Offer] says it in the protocol's words,
/// [ConnectorServer] puts it on the wire: [StatelessEndpoint] and [SessionEndpoint].
@NullMarked
package io.mcpcrew.mcp.shell;

import org.jspecify.annotations.NullMarked;
