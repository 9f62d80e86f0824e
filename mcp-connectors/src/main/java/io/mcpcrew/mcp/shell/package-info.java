/// What every connector shares. [ConnectorTool] declares a tool, [Admission] decides who may call
/// it and keeps the limits, [ConnectorServer] puts it on the wire.
@NullMarked
package io.mcpcrew.mcp.shell;

import org.jspecify.annotations.NullMarked;
