/// The tools: finds what MCP servers offer each account and publishes it to `crew.tools`, from
/// where every worker takes it.
///
/// Reading order: [ToolRegistryConfiguration] builds it; [CatalogueKeeper] goes round; [Discovery]
/// asks a server; [Cataloguing] decides what is published; [Pins] and [ToolNames] say what a tool
/// is and what it is called.
@NullMarked
package io.mcpcrew.tools;

import org.jspecify.annotations.NullMarked;
