package io.mcpcrew.mcp.shell;

import io.mcpcrew.runtime.tenant.Tenant;
import java.util.List;

/// One system's tools, resources and prompts, offered at `/mcp/<name>`. What is declared is the
/// same for every account and holds nothing of any.
public interface Connector {
  /// As it stands in addresses and in the catalogue: `odoo`.
  String name();

  /// Told to every client that connects.
  String instructions();

  List<ConnectorTool> tools();

  default List<ConnectorResource> resources() {
    return List.of();
  }

  default List<ConnectorPrompt> prompts() {
    return List.of();
  }

  /// Whether the account has set this system up; one that has not is offered no tool and given no
  /// content.
  boolean serves(Tenant tenant);
}
