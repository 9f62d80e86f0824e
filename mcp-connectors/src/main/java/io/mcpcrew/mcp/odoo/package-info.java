/// Odoo by JSON-2 (19 and newer). [OdooConnector] lists the tools; [OdooJson2] is the client;
/// [ProductSearch] finds what a customer means.
@NullMarked
package io.mcpcrew.mcp.odoo;

import org.jspecify.annotations.NullMarked;
