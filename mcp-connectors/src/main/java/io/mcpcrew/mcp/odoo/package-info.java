/// Odoo by JSON-2 (19 and newer). [OdooConnector] lists the tools, a class for each group of them;
/// [OdooJson2] is the client. [Effects] makes what is made once for a key, [Receipts] notes what
/// was changed with one, [OutOfReach] says what nobody reaches, [ProductSearch] finds what a
/// customer means.
@NullMarked
package io.mcpcrew.mcp.odoo;

import org.jspecify.annotations.NullMarked;
