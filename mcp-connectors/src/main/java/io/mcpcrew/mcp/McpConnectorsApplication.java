package io.mcpcrew.mcp;

import io.mcpcrew.runtime.host.ServiceHost;

/// The connectors alone.
public final class McpConnectorsApplication {
  private McpConnectorsApplication() {}

  public static void main(String[] args) {
    ServiceHost.run(args, McpConnectorsConfiguration.class);
  }
}
