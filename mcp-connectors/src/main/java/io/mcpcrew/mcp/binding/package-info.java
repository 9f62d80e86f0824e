/// Another system instead of Odoo, by a file: a foreign MCP server's tools stand in for the
/// capabilities that crews and playbooks name.
///
/// Reading order: [BindingFiles] reads the operator's folder; [Binding] is a file that has been
/// checked against [Capability], what crews count on; [BoundConnector] offers it like any other
/// connector and calls a [ForeignServer].
@NullMarked
package io.mcpcrew.mcp.binding;

import org.jspecify.annotations.NullMarked;
