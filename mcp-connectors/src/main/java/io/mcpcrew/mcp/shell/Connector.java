package io.mcpcrew.mcp.shell;

import io.mcpcrew.runtime.tenant.Tenant;
import java.io.IOException;
import java.util.List;

/// One system's tools, resources and prompts, offered at `/mcp/<name>`. What is declared is the
/// same for every account and holds nothing of any; what an account's own system adds or does not
/// allow is told by [#toolsOf].
public interface Connector extends AutoCloseable {
  /// As it stands in addresses and in the catalogue: `odoo`.
  String name();

  /// Told to every client that connects.
  String instructions();

  List<ConnectorTool> tools();

  /// Whether accounts differ in the tools they have. Then [#toolsOf] is asked for each of them.
  default boolean variesByAccount() {
    return false;
  }

  /// The tools of the call's account, as its system is at this moment. Asked when the account comes
  /// for the first time and now and then afterwards, never for a call of a tool.
  default List<ConnectorTool> toolsOf(ToolCall call) throws IOException, InterruptedException {
    return tools();
  }

  default List<ConnectorResource> resources() {
    return List.of();
  }

  default List<ConnectorPrompt> prompts() {
    return List.of();
  }

  /// Whether the account has set this system up; one that has not is offered no tool and given no
  /// content.
  boolean serves(Tenant tenant);

  @Override
  default void close() {}
}
