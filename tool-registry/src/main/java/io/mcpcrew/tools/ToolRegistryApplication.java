package io.mcpcrew.tools;

import io.mcpcrew.runtime.host.ServiceHost;

/// The registry alone.
public final class ToolRegistryApplication {
  private ToolRegistryApplication() {}

  public static void main(String[] args) {
    ServiceHost.run(args, ToolRegistryConfiguration.class);
  }
}
