/// Odoo by JSON-2 (19 and newer). [OdooConnector] lists the tools, a class for each group of them;
/// [Odoo] is the client, over [OdooJson2] or [OdooRpc]. [Effects] makes what is made once for a
/// key, [Receipts] notes what was changed with one, [OutOfReach] says what nobody reaches,
/// [ProductSearch] finds what a customer means.
@NullMarked
package io.mcpcrew.mcp.odoo;

import org.jspecify.annotations.NullMarked;
