package io.mcpcrew.mcp.shell;

import io.mcpcrew.runtime.tenant.Tenant;
import java.util.List;

/// One system's tools, offered at `/mcp/<name>`.
public interface Connector {
  /// As it stands in addresses and in the catalogue: `odoo`.
  String name();

  /// Told to every client that connects.
  String instructions();

  List<ConnectorTool> tools();

  /// Whether the account has set this system up; one that has not is offered nothing.
  boolean serves(Tenant tenant);
}
